import { textTable } from '../bench/text-table.ts';
import type { Verdict } from './score.ts';
import type { Summary, Tally } from './summary.ts';

/** Rarer confusions are in the misses. */
const CONFUSIONS_SHOWN = 25;

/** The figures as text to read. */
export function report(summary: Summary, microsecondsPerField: number): string {
  const confusions = summary.confusions
    .slice(0, CONFUSIONS_SHOWN)
    .map(({ label, type, columns }) => [`${label} -> ${type}`, String(columns)]);
  return [
    tallyTable('label', summary.byLabel),
    tallyTable('language', summary.byLanguage),
    textTable(['wrong: label -> inferred type', 'columns'], confusions),
    [
      `tables ${summary.tables}  without rows ${summary.failedTables}  columns ${summary.columns}`,
      `strict ${percent(summary.strict, summary)}  strict or alternative ${percent(summary.strictOrAlt, summary)}`,
      `inference ${microsecondsPerField.toFixed(1)} µs per field`,
    ].join('\n'),
  ].join('\n\n');
}

/** A line for each column that is wrong. */
export const missLines = (verdicts: readonly Verdict[]): string[] =>
  verdicts
    .filter(({ either }) => !either)
    .map(({ table, column, label, alt, type, values, fault }) => {
      const wanted = alt === null ? label : `${label} or ${alt}`;
      return `${table}.${column}: ${wanted}, got ${type ?? 'nothing'} ${fault ?? JSON.stringify(values)}`;
    });

const tallyTable = (title: string, tallies: Readonly<Record<string, Tally>>): string =>
  textTable(
    [title, 'columns', 'strict', 'or alternative'],
    Object.entries(tallies).map(([key, tally]) => [
      key,
      String(tally.columns),
      percent(tally.strict, tally),
      percent(tally.strictOrAlt, tally),
    ]),
  );

const percent = (right: number, { columns }: Tally): string => `${((100 * right) / columns).toFixed(1)} %`;
