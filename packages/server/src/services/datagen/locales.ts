import { localeCodes, nearest } from '@datamaker/engine';

export const DEFAULT_LOCALE = 'en_US';

const form = (code: string): string => code.toLowerCase().replaceAll('-', '_');
const codes = new Map(localeCodes().map((code) => [form(code), code]));

/** A locale's code as the engine writes it; case and the hyphen do not count. */
export const findLocale = (code: string): string | undefined => codes.get(form(code));

/** The code that was probably meant, else the default. */
export const suggestLocale = (code: unknown): string =>
  (typeof code === 'string' ? nearest(code.slice(0, 20), localeCodes()) : undefined) ?? DEFAULT_LOCALE;

const language = new Intl.DisplayNames('en', { type: 'language' });

/** All locales, with their English names. */
export const supportedLocales = (): readonly { code: string; name: string; notes?: string }[] =>
  localeCodes().map((code) => ({
    code,
    name: language.of(code.replace('_', '-')) ?? code,
    ...(isEmirati(code) ? { notes: EMIRATI_NOTE } : {}),
  }));

export const isEmirati = (locale: string): boolean => locale === 'en_AE' || locale === 'ar_AE';

export const EMIRATI_NOTE =
  'phone needs constraints {"country_code": "+971"}, iban needs {"country_prefix": "AE"}; AI mode adds them itself';
