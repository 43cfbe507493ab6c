import type { LocaleLists } from '../locale-lists.ts';
import lists from './lists.json' with { type: 'json' };

/** So many choices for each industry; the number is divided by most numbers of suffixes that a locale has. */
const CHOICES = 240;

/** Suffixes of company names that go with an industry. */
export interface SuffixesByIndustry {
  /** For each industry in turn `choices` indices into the suffixes of the locale. */
  readonly table: readonly number[];
  readonly industries: number;
  readonly choices: number;
}

/**
 * The suffixes that go with each industry: those that speak of its trade make half of its choices, those that speak of none
 * the other half. No company of a trade is called after another.
 */
export function suffixesByIndustry(locale: LocaleLists): SuffixesByIndustry {
  const table = locale.once('suffixes by industry', () => {
    const { suffixes, trades } = locale.data.company;
    const special = new Set(Object.values(trades).flat());
    const all = suffixes.map((_, index) => index);
    const general = all.filter((index) => !special.has(suffixes[index]));
    return lists.industries.flatMap(([industry = '']) => {
      const own = all.filter((index) => trades[industry]?.includes(suffixes[index] ?? ''));
      const half = own.length === 0 ? 0 : CHOICES / 2;
      return [...repeated(own, half), ...repeated(general, CHOICES - half)];
    });
  });
  return { table, industries: lists.industries.length, choices: CHOICES };
}

const repeated = (indices: readonly number[], length: number): number[] =>
  Array.from({ length }, (_, i) => indices[i % indices.length] ?? 0);
