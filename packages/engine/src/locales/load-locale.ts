import type { LocaleData, LocaleFile } from './locale-data.ts';

/**
 * The locales there are. Each file is loaded when it is first asked for; the specifiers are written out so that a
 * bundler finds the files and makes a chunk of each.
 */
const FILES: Readonly<Record<string, () => Promise<{ readonly default: LocaleFile }>>> = {
  en: () => import('./data/en.json', { with: { type: 'json' } }),
  da_DK: () => import('./data/da_DK.json', { with: { type: 'json' } }),
  de_AT: () => import('./data/de_AT.json', { with: { type: 'json' } }),
  de_CH: () => import('./data/de_CH.json', { with: { type: 'json' } }),
  de_DE: () => import('./data/de_DE.json', { with: { type: 'json' } }),
  en_AE: () => import('./data/en_AE.json', { with: { type: 'json' } }),
  en_AU: () => import('./data/en_AU.json', { with: { type: 'json' } }),
  en_CA: () => import('./data/en_CA.json', { with: { type: 'json' } }),
  en_GB: () => import('./data/en_GB.json', { with: { type: 'json' } }),
  en_IE: () => import('./data/en_IE.json', { with: { type: 'json' } }),
  en_IN: () => import('./data/en_IN.json', { with: { type: 'json' } }),
  en_KE: () => import('./data/en_KE.json', { with: { type: 'json' } }),
  en_NG: () => import('./data/en_NG.json', { with: { type: 'json' } }),
  en_NZ: () => import('./data/en_NZ.json', { with: { type: 'json' } }),
  en_PH: () => import('./data/en_PH.json', { with: { type: 'json' } }),
  en_SG: () => import('./data/en_SG.json', { with: { type: 'json' } }),
  en_US: () => import('./data/en_US.json', { with: { type: 'json' } }),
  en_ZA: () => import('./data/en_ZA.json', { with: { type: 'json' } }),
  es_AR: () => import('./data/es_AR.json', { with: { type: 'json' } }),
  es_CL: () => import('./data/es_CL.json', { with: { type: 'json' } }),
  es_CO: () => import('./data/es_CO.json', { with: { type: 'json' } }),
  es_ES: () => import('./data/es_ES.json', { with: { type: 'json' } }),
  es_MX: () => import('./data/es_MX.json', { with: { type: 'json' } }),
  es_PE: () => import('./data/es_PE.json', { with: { type: 'json' } }),
  et_EE: () => import('./data/et_EE.json', { with: { type: 'json' } }),
  fi_FI: () => import('./data/fi_FI.json', { with: { type: 'json' } }),
  fr_BE: () => import('./data/fr_BE.json', { with: { type: 'json' } }),
  fr_CA: () => import('./data/fr_CA.json', { with: { type: 'json' } }),
  fr_CH: () => import('./data/fr_CH.json', { with: { type: 'json' } }),
  fr_FR: () => import('./data/fr_FR.json', { with: { type: 'json' } }),
  it_CH: () => import('./data/it_CH.json', { with: { type: 'json' } }),
  it_IT: () => import('./data/it_IT.json', { with: { type: 'json' } }),
  nb_NO: () => import('./data/nb_NO.json', { with: { type: 'json' } }),
  nl_BE: () => import('./data/nl_BE.json', { with: { type: 'json' } }),
  nl_NL: () => import('./data/nl_NL.json', { with: { type: 'json' } }),
  pl_PL: () => import('./data/pl_PL.json', { with: { type: 'json' } }),
  pt_BR: () => import('./data/pt_BR.json', { with: { type: 'json' } }),
  pt_PT: () => import('./data/pt_PT.json', { with: { type: 'json' } }),
  sv_SE: () => import('./data/sv_SE.json', { with: { type: 'json' } }),
};

/** The last of every fallback chain; it has all keys. */
const ROOT = 'en';

/** The locale that a language alone stands for, and the fallback of the language's other locales. */
const OF_LANGUAGE: Readonly<Record<string, string>> = {
  ar: 'ar_AE',
  da: 'da_DK',
  de: 'de_DE',
  en: 'en',
  es: 'es_ES',
  et: 'et_EE',
  fi: 'fi_FI',
  fr: 'fr_FR',
  it: 'it_IT',
  nb: 'nb_NO',
  nl: 'nl_NL',
  pl: 'pl_PL',
  pt: 'pt_BR',
  sv: 'sv_SE',
  zh: 'zh_CN',
};

/** Codes of all locales, the default one first. */
export const localeCodes = (): readonly string[] => Object.keys(FILES);

/** @returns the code as this library writes it (`de-de` and `de` are `de_DE`), or undefined for an unknown locale */
export function findLocale(code: string): string | undefined {
  const wanted = code.trim().replaceAll('-', '_').toLowerCase();
  return localeCodes().find((known) => known.toLowerCase() === wanted) ?? own(OF_LANGUAGE, wanted);
}

/** The locales whose data are used for one, in order: itself, the main one of its language, English. */
export function fallbackChain(code: string): readonly string[] {
  const main = own(OF_LANGUAGE, code.slice(0, 2)) ?? ROOT;
  return [...new Set([code, main, ROOT])];
}

/**
 * The data of a locale. A key that the locale's file leaves out (also one inside `person`, `street`, `company` and `text`) is
 * taken from the next file of its fallback chain: de_AT, then de_DE, then en.
 * @param code in any case, with `-` or `_`; a language alone stands for its main locale
 * @returns undefined when there is no such locale
 */
export async function loadLocale(code: string): Promise<LocaleData | undefined> {
  const known = findLocale(code);
  if (known === undefined) return undefined;
  const files = await Promise.all(fallbackChain(known).map(loadFile));
  return files.reduceRight(overlay) as LocaleData;
}

async function loadFile(code: string): Promise<LocaleFile> {
  const load = FILES[code];
  if (load === undefined) throw new Error(`no data file of locale ${code}`);
  return (await load()).default;
}

function overlay(base: LocaleFile, over: LocaleFile): LocaleFile {
  return {
    ...base,
    ...over,
    person: { ...base.person, ...over.person },
    street: { ...base.street, ...over.street },
    company: { ...base.company, ...over.company },
    text: { ...base.text, ...over.text },
  };
}

function own(record: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
