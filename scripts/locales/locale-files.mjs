// The per-locale data: names, streets, companies, job titles, words and sentences, calendar, places in the locale's script.
import { allLocales } from '@faker-js/faker';
import { cleanTexts } from './clean.mjs';
import { locales } from './locales.mjs';
import { personNames } from './person-names.mjs';
import { localPlaces } from './place-files.mjs';
import { readJson, readList, readTable } from './sources.mjs';
import { streetNames } from './street-names.mjs';
import { toJson } from './to-json.mjs';

/** Phrases are long, and are rarely what makes output slow. */
const MAX_PHRASE_BYTES = 63;

/** @returns {[string, string][]} file name and text of every locale */
export function localeFiles() {
  const cldr = readJson('cldr.json');
  return locales.map((locale) => [`${locale.code}.json`, `${toJson(buildLocale(locale, cldr[locale.code]))}\n`]);
}

/** Undefined members are left out of the file. */
function buildLocale(locale, cldr) {
  const { code, label, language, country, street, company, convert = (text) => text } = locale;
  const person = personNames(locale);
  const list = (name) => readList(`${code}.${name}`).map(convert);
  return {
    code,
    label,
    language,
    country,
    countryName: cldr.countryName,
    person,
    street: street && {
      pattern: street.pattern,
      numberMax: street.numberMax,
      names: unlessEmpty(
        streetNames(code, street, person?.last ?? [])
          .map(convert)
          .sort(),
      ),
    },
    company: unlessEmpty({ patterns: company, ...companySuffixes(list('suffixes')) }),
    jobTitles: unlessEmpty(jobTitles(code, locale.senior).map(convert).sort()),
    words: unlessEmpty(cleanTexts(wordsOf(locale, list))),
    text: unlessEmpty({
      separator: locale.separator,
      stop: locale.stop,
      pattern: locale.sentence,
      subjects: unlessEmpty(cleanTexts(list('subjects'), MAX_PHRASE_BYTES)),
      predicates: unlessEmpty(cleanTexts(list('predicates'), MAX_PHRASE_BYTES)),
      times: unlessEmpty(cleanTexts(list('times'), MAX_PHRASE_BYTES)),
    }),
    calendar: cldr.calendar,
    places: localPlaces(locale),
  };
}

/** What follows a family name in a company's name, and by industry those that speak of a trade. */
function companySuffixes(list) {
  const suffixes = cleanTexts(list);
  if (suffixes.length === 0) return {};
  const trades = readTable('company-trades.tsv').map(({ industry, suffixes: words }) => {
    const ofTrade = new Set(words.split(',').map((word) => word.trim()));
    return [industry, suffixes.filter((suffix) => ofTrade.has(suffix))];
  });
  return { suffixes, trades: Object.fromEntries(trades.filter(([, words]) => words.length > 0)) };
}

/** The list `words` and what faker has, in so far as it is in the script of the locale. */
function wordsOf({ code, fakerWords, script }, list) {
  if (code === 'en') return allLocales.en.lorem.word;
  const fits =
    script === undefined ? () => false : (word) => new RegExp(`^[\\p{Script=${script}}\\p{M}]+$`, 'u').test(word);
  const faker =
    fakerWords === undefined
      ? []
      : allLocales[fakerWords].lorem.word.map((word) => word.normalize('NFC').toLowerCase());
  return [...faker.filter(fits), ...list('words')];
}

/** The titles of the locale's list; one marked with + also in its senior form. */
function jobTitles(code, senior = 'Senior {}') {
  const entries = readList(`${code}.jobs`);
  const titles = entries.map((title) => title.replace(/^\+/, ''));
  const marked = entries.filter((title) => title.startsWith('+')).map((title) => title.slice(1));
  // English keeps the capital; other languages go on in lower case.
  const inside = (title) => (senior === 'Senior {}' ? title : title.toLowerCase());
  return cleanTexts([...titles.map(capital), ...marked.map((title) => senior.replace('{}', inside(title)))]);
}

const capital = (text) => (/^\p{Script=Georgian}/u.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1));

function unlessEmpty(value) {
  const members = Array.isArray(value) ? value : Object.values(value).filter((member) => member !== undefined);
  return members.length === 0 ? undefined : value;
}
