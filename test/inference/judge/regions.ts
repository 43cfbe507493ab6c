import aliases from './data/country-aliases.json' with { type: 'json' };

/** The languages that country names are understood in, besides the aliases. */
const LANGUAGES = ['en', 'de', 'fr', 'es', 'pt', 'nl', 'it', 'ar'];

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const pairs = letters.flatMap((first) => letters.map((second) => first + second));
const namers = LANGUAGES.map((language) => new Intl.DisplayNames([language], { type: 'region', fallback: 'none' }));
const named = pairs.map((code) => ({ code, names: namers.flatMap((namer) => namer.of(code) ?? []) }));

/** Codes of two letters (ISO 3166-1) that the platform's CLDR has a name for. */
export const regionCodes: ReadonlySet<string> = new Set(
  named.filter(({ names }) => names.length > 0).map(({ code }) => code),
);

/** Their names, and other usual ones, lower case. */
export const regionNames: ReadonlySet<string> = new Set(
  [...named.flatMap(({ names }) => names), ...aliases].map((name) => name.toLowerCase()),
);
