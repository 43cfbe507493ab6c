import type { LocaleData, LocaleFile } from './locale-data.ts';

/**
 * The locales there are. Each file is loaded when it is first asked for; the specifiers are written out so that a
 * bundler finds the files and makes a chunk of each.
 */
const FILES: Readonly<Record<string, () => Promise<{ readonly default: LocaleFile }>>> = {
  en: () => import('./data/en.json', { with: { type: 'json' } }),
  ar_AE: () => import('./data/ar_AE.json', { with: { type: 'json' } }),
  ar_EG: () => import('./data/ar_EG.json', { with: { type: 'json' } }),
  ar_MA: () => import('./data/ar_MA.json', { with: { type: 'json' } }),
  ar_SA: () => import('./data/ar_SA.json', { with: { type: 'json' } }),
  az_AZ: () => import('./data/az_AZ.json', { with: { type: 'json' } }),
  bg_BG: () => import('./data/bg_BG.json', { with: { type: 'json' } }),
  cs_CZ: () => import('./data/cs_CZ.json', { with: { type: 'json' } }),
  da_DK: () => import('./data/da_DK.json', { with: { type: 'json' } }),
  de_AT: () => import('./data/de_AT.json', { with: { type: 'json' } }),
  de_CH: () => import('./data/de_CH.json', { with: { type: 'json' } }),
  de_DE: () => import('./data/de_DE.json', { with: { type: 'json' } }),
  el_GR: () => import('./data/el_GR.json', { with: { type: 'json' } }),
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
  fa_IR: () => import('./data/fa_IR.json', { with: { type: 'json' } }),
  fi_FI: () => import('./data/fi_FI.json', { with: { type: 'json' } }),
  fr_BE: () => import('./data/fr_BE.json', { with: { type: 'json' } }),
  fr_CA: () => import('./data/fr_CA.json', { with: { type: 'json' } }),
  fr_CH: () => import('./data/fr_CH.json', { with: { type: 'json' } }),
  fr_FR: () => import('./data/fr_FR.json', { with: { type: 'json' } }),
  he_IL: () => import('./data/he_IL.json', { with: { type: 'json' } }),
  hi_IN: () => import('./data/hi_IN.json', { with: { type: 'json' } }),
  hr_HR: () => import('./data/hr_HR.json', { with: { type: 'json' } }),
  hu_HU: () => import('./data/hu_HU.json', { with: { type: 'json' } }),
  hy_AM: () => import('./data/hy_AM.json', { with: { type: 'json' } }),
  id_ID: () => import('./data/id_ID.json', { with: { type: 'json' } }),
  it_CH: () => import('./data/it_CH.json', { with: { type: 'json' } }),
  it_IT: () => import('./data/it_IT.json', { with: { type: 'json' } }),
  ja_JP: () => import('./data/ja_JP.json', { with: { type: 'json' } }),
  ka_GE: () => import('./data/ka_GE.json', { with: { type: 'json' } }),
  ko_KR: () => import('./data/ko_KR.json', { with: { type: 'json' } }),
  lt_LT: () => import('./data/lt_LT.json', { with: { type: 'json' } }),
  lv_LV: () => import('./data/lv_LV.json', { with: { type: 'json' } }),
  nb_NO: () => import('./data/nb_NO.json', { with: { type: 'json' } }),
  nl_BE: () => import('./data/nl_BE.json', { with: { type: 'json' } }),
  nl_NL: () => import('./data/nl_NL.json', { with: { type: 'json' } }),
  pl_PL: () => import('./data/pl_PL.json', { with: { type: 'json' } }),
  pt_BR: () => import('./data/pt_BR.json', { with: { type: 'json' } }),
  pt_PT: () => import('./data/pt_PT.json', { with: { type: 'json' } }),
  ro_RO: () => import('./data/ro_RO.json', { with: { type: 'json' } }),
  ru_RU: () => import('./data/ru_RU.json', { with: { type: 'json' } }),
  sk_SK: () => import('./data/sk_SK.json', { with: { type: 'json' } }),
  sl_SI: () => import('./data/sl_SI.json', { with: { type: 'json' } }),
  sr_RS: () => import('./data/sr_RS.json', { with: { type: 'json' } }),
  sv_SE: () => import('./data/sv_SE.json', { with: { type: 'json' } }),
  th_TH: () => import('./data/th_TH.json', { with: { type: 'json' } }),
  tr_TR: () => import('./data/tr_TR.json', { with: { type: 'json' } }),
  uk_UA: () => import('./data/uk_UA.json', { with: { type: 'json' } }),
  vi_VN: () => import('./data/vi_VN.json', { with: { type: 'json' } }),
  zh_CN: () => import('./data/zh_CN.json', { with: { type: 'json' } }),
  zh_TW: () => import('./data/zh_TW.json', { with: { type: 'json' } }),
};

/** The last of every fallback chain; it has all keys. */
const ROOT = 'en';

/** The locale that a language alone stands for, and the fallback of the language's other locales. */
const OF_LANGUAGE: Readonly<Record<string, string>> = {
  ar: 'ar_AE',
  az: 'az_AZ',
  bg: 'bg_BG',
  cs: 'cs_CZ',
  da: 'da_DK',
  de: 'de_DE',
  el: 'el_GR',
  en: 'en',
  es: 'es_ES',
  et: 'et_EE',
  fa: 'fa_IR',
  fi: 'fi_FI',
  fr: 'fr_FR',
  he: 'he_IL',
  hi: 'hi_IN',
  hr: 'hr_HR',
  hu: 'hu_HU',
  hy: 'hy_AM',
  id: 'id_ID',
  it: 'it_IT',
  ja: 'ja_JP',
  ka: 'ka_GE',
  ko: 'ko_KR',
  lt: 'lt_LT',
  lv: 'lv_LV',
  nb: 'nb_NO',
  nl: 'nl_NL',
  no: 'nb_NO',
  pl: 'pl_PL',
  pt: 'pt_BR',
  ro: 'ro_RO',
  ru: 'ru_RU',
  sk: 'sk_SK',
  sl: 'sl_SI',
  sr: 'sr_RS',
  sv: 'sv_SE',
  th: 'th_TH',
  tr: 'tr_TR',
  uk: 'uk_UA',
  vi: 'vi_VN',
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

/** A locale's own file, without its fallback. @throws when there is none */
export async function loadFile(code: string): Promise<LocaleFile> {
  const load = FILES[code];
  if (load === undefined) throw new Error(`no data file of locale ${code}`);
  return (await load()).default;
}

function overlay(base: LocaleFile, over: LocaleFile): LocaleFile {
  return {
    ...base,
    ...over,
    person: { ...withoutWeights(base.person, over.person), ...over.person },
    street: { ...base.street, ...over.street },
    company: { ...base.company, ...over.company },
    text: { ...base.text, ...over.text },
  };
}

/** What is known of how often family names are borne is of those names alone. */
function withoutWeights(base: LocaleFile['person'], over: LocaleFile['person']): LocaleFile['person'] {
  if (over?.last === undefined || base?.lastWeights === undefined) return base;
  const { lastWeights: _, ...others } = base;
  return others;
}

function own(record: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
