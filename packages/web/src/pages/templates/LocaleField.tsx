import { memo } from 'react';

/** The locale of all fields that have none of their own. It has many options, which a key press elsewhere does not draw again. */
export const LocaleField = memo(
  ({
    locale,
    locales,
    onLocale,
  }: {
    locale: string | undefined;
    locales: readonly string[];
    /** @param locale undefined: the default */
    onLocale: (locale: string | undefined) => void;
  }) => (
    <label className="flex items-center gap-2 text-xs text-quiet">
      Locale of all fields
      <select
        value={locale ?? ''}
        onChange={({ target }) => onLocale(target.value === '' ? undefined : target.value)}
        className="control h-7 flex-1"
      >
        <option value="">en (default)</option>
        {locales.map((code) => (
          <option key={code} value={code}>
            {localeName(code)}
          </option>
        ))}
      </select>
    </label>
  ),
);

let names: Intl.DisplayNames | undefined;

/** `de_DE – German (Germany)`. */
function localeName(code: string): string {
  names ??= new Intl.DisplayNames(['en'], { type: 'language' });
  try {
    return `${code} – ${names.of(code.replace('_', '-'))}`;
  } catch {
    return code;
  }
}
