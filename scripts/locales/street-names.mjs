import { allLocales } from '@faker-js/faker';
import { cleanTexts } from './clean.mjs';
import { readList } from './sources.mjs';

/**
 * Full street names of a locale: its list `streets`, those that faker has, and every stem with every prefix and suffix.
 * @param {{ stems?: string, prefixes?: string[], suffixes?: string[], lastSuffixes?: string[], fakerStreets?: string, spelling?: [string, string] }} street
 * @param {string[]} last family names; with `lastSuffixes` they are stems too
 */
export function streetNames(code, street, last) {
  const {
    stems = code,
    prefixes = [''],
    suffixes = [''],
    lastSuffixes = [],
    fakerStreets,
    spelling = ['', ''],
  } = street;
  const fromFaker = fakerStreets === undefined ? [] : allLocales[fakerStreets].location.street_name.map(spelledOut);
  const stemmed = readList(`${stems}.street-stems`).flatMap((stem) => combine(prefixes, stem, suffixes));
  const named = last.flatMap((name) => combine([''], name, lastSuffixes));
  const names = [...readList(`${code}.streets`), ...fromFaker, ...stemmed, ...named];
  return cleanTexts(names.map((name) => name.replaceAll(spelling[0], spelling[1])));
}

function combine(prefixes, stem, suffixes) {
  return prefixes.flatMap((prefix) => suffixes.map((suffix) => prefix + stem + suffix));
}

/** German lists abbreviate ("Ahornstr.", "Alkenrather Str."), Czech ones write Roman numbers as words ("Jižní Ii"). */
const spelledOut = (name) =>
  name
    .replace(/str\.$/, 'straße')
    .replace(/Str\.$/, 'Straße')
    .replace(/\bI[iv]+\b/g, (number) => number.toUpperCase());
