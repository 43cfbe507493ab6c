// Given and family names of a locale: faker's and those of its lists.
import { allLocales } from '@faker-js/faker';
import { slug } from '../../packages/engine/src/locales/slug.ts';
import { cleanLastNames, cleanNames } from './clean.mjs';
import { feminine, hasFeminine } from './feminine.mjs';
import { readList } from './sources.mjs';

/** Languages of which faker lists the feminine forms, and a stem does not tell for sure what they are. */
const CHECKED = ['cs', 'sk', 'lv'];

/** Feminine endings: such an entry of a list for both sexes is left out. */
const FEMININE = /(ου|ού|ова|ева|ёва|ина|ска|ська|ová)$/;

/**
 * @param locale an entry of locales.mjs
 * @returns the key `person` of the locale's file; undefined when all of it comes from the fallback
 */
export function personNames(locale) {
  const { code, language, names, fullName, generic = true, convert = (text) => text, givenOnly = /./ } = locale;
  const own = { female: pairs(`${code}.female`), male: pairs(`${code}.male`), last: pairs(`${code}.last`) };
  const faker = names === undefined ? undefined : allLocales[names].person;
  if (faker === undefined && own.last.length === 0) {
    return fullName === undefined ? undefined : { pattern: fullName };
  }
  const romanised = romanisation(code, [...own.female, ...own.male, ...own.last]);
  const readable = (name) => slug(name, language, romanised) !== '';
  const given = (sex) => {
    const shared = generic ? (faker?.first_name.generic ?? []) : [];
    const all = [...(faker?.first_name[sex] ?? []), ...shared].filter((name) => givenOnly.test(name));
    return cleanNames([...all, ...own[sex].map(([name]) => name)].map(convert)).filter(readable);
  };
  const last = own.last.map(([name]) => name);
  const family = lastNames(locale, faker?.last_name ?? {}, last, romanised);
  return {
    pattern: fullName,
    female: given('female'),
    male: given('male'),
    ...family,
    lastWeights: locale.ranked ? weightsByRank(family.last, last.map(convert)) : undefined,
    romanised,
  };
}

/**
 * How often names of a ranked list are borne: by Zipf's law in inverse proportion to the rank, but flatter at the top, where
 * the statistics of France, Sweden and Brazil are flatter than the law. Names that are not in the list come as often as its last.
 */
function weightsByRank(names, ranking) {
  const ranks = new Map(cleanOrder(ranking).map((name, rank) => [name, rank]));
  return names.map((name) => Math.round((WEIGHT_OF_FIRST * FLATTER) / ((ranks.get(name) ?? ranks.size) + FLATTER)));
}

const cleanOrder = (names) => names.map((name) => name.normalize('NFC').trim().replace(/\s+/g, ' '));
const WEIGHT_OF_FIRST = 10_000;
/** Ranks that are added to each: the fifth name comes half as often as the first. */
const FLATTER = 5;

function lastNames({ language, convert = (text) => text, lastOnly = /./ }, faker, own, romanised) {
  const names = [...(faker.male ?? []), ...(faker.generic ?? []), ...own].map(convert);
  const fitting = names.filter((name) => lastOnly.test(name));
  if (!hasFeminine(language)) return { last: cleanLastNames(fitting, language, romanised) };
  const listed = CHECKED.includes(language) ? new Set(faker.female) : undefined;
  const isPair = (name) => {
    const form = feminine(name, language);
    return listed === undefined || form === name || listed.has(form);
  };
  const forMen = fitting.filter((name) => !FEMININE.test(name)).filter(isPair);
  const seen = new Set();
  const last = cleanLastNames(forMen, language, romanised).filter((name) => {
    const [form] = cleanNames([feminine(name, language)]);
    const key = form === undefined ? '' : slug(form, language, romanised);
    if (key === '' || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  return { last, lastFemale: last.map((name) => feminine(name, language)) };
}

/** Entries `name=latin` of a list, or `name` alone. */
const pairs = (list) => readList(list).map((entry) => entry.split('='));

/** Whole names of the lists, and single characters of the list `romanised`, with their Latin spelling. */
function romanisation(code, entries) {
  const known = [...entries, ...pairs(`${code}.romanised`)].filter(([, latin]) => latin !== undefined);
  if (known.length === 0) return undefined;
  return Object.fromEntries(known.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
