import { nearest } from '../text/nearest.ts';
import { findLocale, localeCodes } from './load-locale.ts';

/** The locale that somebody who wrote an unknown code may have meant: the main one of its language, else the most alike. */
export function nearestLocale(code: string): string | undefined {
  const [language = ''] = code.trim().split(/[-_]/);
  return findLocale(language) ?? nearest(code, localeCodes());
}
