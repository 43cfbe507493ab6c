import { type BodyReader, show } from './body-reader.ts';
import { DEFAULT_LOCALE, findLocale, suggestLocale } from './locales.ts';

/** The locale of all fields that name none. */
export function readLocale(reader: BodyReader): string {
  const given = reader.take('locale');
  if (given === undefined) return DEFAULT_LOCALE;
  const found = typeof given === 'string' ? findLocale(given) : undefined;
  if (found !== undefined) return found;
  const near = suggestLocale(given);
  const message = `unknown locale ${show(given)}`;
  reader.report(
    'locale',
    'unknown_locale',
    message,
    `for instance "${near}"; GET /api/v1/capabilities lists all`,
    near,
  );
  return DEFAULT_LOCALE;
}
