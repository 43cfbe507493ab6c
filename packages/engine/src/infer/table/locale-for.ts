import { findLocale } from '../../locales/load-locale.ts';
import { nearestLocale } from '../../locales/nearest-locale.ts';
import type { Hint } from './read-hint.ts';

const DEFAULT_LOCALE = 'en_US';

/**
 * The locale of the values, and in words why it is another than asked for. What the hint says goes before what is asked for;
 * the language asked for is kept where the country has it.
 */
export function localeFor(asked: string | undefined, hint: Hint): { locale: string; notes: readonly string[] } {
  const notes: string[] = [];
  let locale = DEFAULT_LOCALE;
  if (asked !== undefined) {
    const found = findLocale(asked) ?? nearestLocale(asked);
    if (found === undefined)
      notes.push(`there is no locale ${JSON.stringify(asked.slice(0, 20))}: ${locale} stands for it`);
    else {
      locale = found;
      if (findLocale(asked) === undefined)
        notes.push(`there is no locale ${JSON.stringify(asked.slice(0, 20))}: ${found} is the nearest`);
    }
  }
  if (hint.locale === undefined) return { locale, notes };
  const [language = '', ownCountry] = locale.split('_');
  const country = hint.locale.split('_')[1] ?? '';
  if (country === ownCountry) return { locale, notes };
  const kept = `${language}_${country}`;
  const chosen = findLocale(kept) === kept ? kept : hint.locale;
  notes.push(`the hint speaks of "${hint.named ?? ''}": values are those of ${chosen}`);
  return { locale: chosen, notes };
}
