// Given and family names of a locale: faker's and those of its lists.
import { allLocales } from '@faker-js/faker';
import { slug } from '../../packages/engine/src/locales/slug.ts';
import { cleanLastNames, cleanNames } from './clean.mjs';
import { feminine, hasFeminine } from './feminine.mjs';
import { readList } from './sources.mjs';

/**
 * @param locale an entry of locales.mjs
 * @returns the key `person` of the locale's file; undefined when all of it comes from the fallback
 */
export function personNames({ code, language, names, fullName, generic = true, convert = (text) => text }) {
  const own = { female: pairs(`${code}.female`), male: pairs(`${code}.male`), last: pairs(`${code}.last`) };
  const faker = names === undefined ? undefined : allLocales[names].person;
  if (faker === undefined && own.last.length === 0) {
    return fullName === undefined ? undefined : { pattern: fullName };
  }
  const given = (sex) => [...(faker?.first_name[sex] ?? []), ...(generic ? (faker?.first_name.generic ?? []) : [])];
  const texts = (sex) => [...given(sex), ...own[sex].map(([name]) => name)].map(convert);
  const romanised = romanisation(code, [...own.female, ...own.male, ...own.last]);
  const known = (name) => slug(name, language, romanised) !== '';
  return {
    pattern: fullName,
    female: cleanNames(texts('female')).filter(known),
    male: cleanNames(texts('male')).filter(known),
    ...lastNames(
      language,
      faker?.last_name ?? {},
      own.last.map(([name]) => name),
      convert,
      romanised,
    ),
    romanised,
  };
}

function lastNames(language, faker, own, convert, romanised) {
  const both = [...(faker.male ?? []), ...(faker.generic ?? []), ...own].map(convert);
  if (!hasFeminine(language)) return { last: cleanLastNames(both, language, romanised) };
  const listed =
    faker.female === undefined || !['cs', 'sk', 'lv'].includes(language) ? undefined : new Set(faker.female);
  // A feminine form among the masculine ones would become its own masculine.
  const women = new Set([...both.map((name) => feminine(name, language))].filter((name) => !both.includes(name)));
  const isForMen = (name) => !women.has(name) && !/(ου|ού|ова|ева|ина|ска|ська|ová)$/.test(name);
  const isPair = (name) => {
    const form = feminine(name, language);
    return listed === undefined || form === name || listed.has(form);
  };
  const last = cleanLastNames(both.filter(isForMen).filter(isPair), language, romanised);
  const fits = last.filter((name) => cleanNames([feminine(name, language)]).length === 1);
  return { last: fits, lastFemale: fits.map((name) => feminine(name, language)) };
}

/** Entries `name=latin` of a list, or `name` alone. */
const pairs = (list) => readList(list).map((entry) => entry.split('='));

/** Whole names of the lists, and single characters of the list `romanised`, with their Latin spelling. */
function romanisation(code, entries) {
  const known = [...entries, ...pairs(`${code}.romanised`)].filter(([, latin]) => latin !== undefined);
  if (known.length === 0) return undefined;
  return Object.fromEntries(known.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
