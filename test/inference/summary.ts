import type { Verdict } from './score.ts';

/** Columns that came out right, of how many. */
export interface Tally {
  readonly columns: number;
  readonly strict: number;
  readonly strictOrAlt: number;
}

/** Columns of a label that were given a type whose values do not look like it. */
export interface Confusion {
  readonly label: string;
  readonly type: string;
  readonly columns: number;
}

export interface Summary extends Tally {
  readonly tables: number;
  /** Tables that gave no rows. */
  readonly failedTables: number;
  /** Most columns first. */
  readonly byLabel: Readonly<Record<string, Tally>>;
  readonly byLanguage: Readonly<Record<string, Tally>>;
  readonly confusions: readonly Confusion[];
}

/** The figures of all tables' columns. */
export function summarise(tables: readonly (readonly Verdict[])[]): Summary {
  const verdicts = tables.flat();
  return {
    tables: tables.length,
    failedTables: tables.filter(([first]) => first?.fault !== undefined).length,
    ...tally(verdicts),
    byLabel: tallies(verdicts, ({ label }) => label),
    byLanguage: tallies(verdicts, ({ language }) => language),
    confusions: confusionsOf(verdicts.filter(({ either }) => !either)),
  };
}

const tally = (verdicts: readonly Verdict[]): Tally => ({
  columns: verdicts.length,
  strict: verdicts.filter(({ strict }) => strict).length,
  strictOrAlt: verdicts.filter(({ either }) => either).length,
});

function tallies(verdicts: readonly Verdict[], keyOf: (verdict: Verdict) => string): Record<string, Tally> {
  const groups = Object.entries(Object.groupBy(verdicts, keyOf)).map(
    ([key, group]) => [key, tally(group ?? [])] as const,
  );
  return Object.fromEntries(groups.sort(([a, x], [b, y]) => y.columns - x.columns || (a < b ? -1 : 1)));
}

function confusionsOf(misses: readonly Verdict[]): Confusion[] {
  const pairs = Object.groupBy(misses, ({ label, type }) => `${label} ${type ?? '(none)'}`);
  return Object.entries(pairs)
    .map(([pair, group]) => {
      const [label = '', type = ''] = pair.split(' ');
      return { label, type, columns: group?.length ?? 0 };
    })
    .sort((a, b) => b.columns - a.columns || (`${a.label} ${a.type}` < `${b.label} ${b.type}` ? -1 : 1));
}
