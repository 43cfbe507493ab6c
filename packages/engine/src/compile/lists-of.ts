import { loadNameFigures } from '../locales/figures/load-name-figures.ts';
import { findLocale, loadLocale } from '../locales/load-locale.ts';
import { knownCountries, placesOf } from '../locales/places.ts';
import { LocaleLists } from '../types/locale-lists.ts';
import type { Weighting } from '../types/weighting.ts';

/** Locales, by weighting, whose lists are kept. What is made of them takes a few megabytes a locale. */
const KEPT = 8;

const kept = new Map<string, LocaleLists>();

/**
 * The lists of a locale: those of the last few are kept, so that templates share them, and all that was found out about their
 * entries.
 * @returns undefined when there is no such locale
 */
export async function listsOf(locale: string, weighting: Weighting): Promise<LocaleLists | undefined> {
  const code = findLocale(locale);
  if (code === undefined) return undefined;
  const key = `${weighting} ${code}`;
  let lists = kept.get(key);
  if (lists === undefined) {
    const data = await loadLocale(code);
    if (data === undefined) return undefined;
    const figures = weighting === 'population' ? await loadNameFigures(data.code) : undefined;
    // Another template may have been faster: all go on with the same lists.
    lists = kept.get(key) ?? new LocaleLists(data, placesOf(data), knownCountries(), weighting, figures);
  }
  kept.delete(key);
  kept.set(key, lists);
  for (const oldest of kept.keys()) {
    if (kept.size <= KEPT) break;
    kept.delete(oldest);
  }
  return lists;
}
