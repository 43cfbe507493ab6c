// The per-locale data: names, streets, companies, job titles, filler words.
import { allLocales } from '@faker-js/faker';
import { cleanLastNames, cleanNames, cleanTexts } from './clean.mjs';
import { locales } from './locales.mjs';
import { readList } from './sources.mjs';
import { streetNames } from './street-names.mjs';
import { toJson } from './to-json.mjs';

/** @returns {[string, string][]} file name and text of every locale */
export function localeFiles() {
  return locales.map((locale) => [`${locale.code}.json`, `${toJson(buildLocale(locale))}\n`]);
}

/** Undefined members are left out of the file. */
function buildLocale({ code, label, language, country, names, street, company }) {
  const person = personNames(code, language, names);
  return {
    code,
    label,
    language,
    country,
    person,
    street: street && {
      pattern: street.pattern,
      numberMax: street.numberMax,
      names: unlessEmpty(streetNames(code, street, person?.last ?? [])),
    },
    company: unlessEmpty({ patterns: company, suffixes: unlessEmpty(cleanTexts(readList(`${code}.suffixes`))) }),
    jobTitles: unlessEmpty(jobTitles(code)),
    words: code === 'en' ? cleanTexts(allLocales.en.lorem.word) : undefined,
  };
}

/** faker's names and those of the locale's lists; names that faker calls generic are given to both sexes. */
function personNames(code, language, faker) {
  if (faker === undefined) return undefined;
  const { first_name: first, last_name: last } = allLocales[faker].person;
  const given = (sex) => [...first[sex], ...(first.generic ?? []), ...readList(`${code}.${sex}`)];
  return {
    female: cleanNames(given('female')),
    male: cleanNames(given('male')),
    last: cleanLastNames([...last.generic, ...readList(`${code}.last`)], language),
  };
}

/** The titles of the locale's list; one marked with + also in its senior form. */
function jobTitles(code) {
  const titles = readList(`${code}.jobs`).map((title) => (title.startsWith('+') ? title.slice(1) : title));
  const senior = readList(`${code}.jobs`).filter((title) => title.startsWith('+'));
  return cleanTexts([...titles, ...senior.map((title) => `Senior ${title.slice(1)}`)]);
}

function unlessEmpty(value) {
  const members = Array.isArray(value) ? value : Object.values(value).filter((member) => member !== undefined);
  return members.length === 0 ? undefined : value;
}
