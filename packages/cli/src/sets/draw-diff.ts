import { printable } from '../errors/printable.ts';
import { cut } from '../output/cut.ts';
import { writeRow } from '../rows/parse-row.ts';

interface Rows<T> {
  readonly count: number;
  readonly rows: readonly T[];
}

/** What GET /sets/{name}/diff answers. */
export interface SetDiff {
  readonly from: number;
  readonly to: number;
  readonly unchanged: number;
  readonly added: Rows<unknown>;
  readonly removed: Rows<unknown>;
  readonly changed: Rows<{ readonly at: unknown; readonly before: Row; readonly after: Row }>;
  readonly truncated: boolean;
}

type Row = Readonly<Record<string, unknown>>;

/** Letters of a row that are shown. */
const WIDTH = 160;

/** The difference for people: a line for each row, and for a changed one its columns that differ. */
export function drawDiff({ from, to, unchanged, added, removed, changed, truncated }: SetDiff): string {
  const shown = (value: unknown): string => cut(printable(writeRow(value)), WIDTH);
  const lines = [
    `version ${from} to ${to}: ${added.count} added, ${removed.count} removed, ${changed.count} changed, ${unchanged} as they were`,
    ...added.rows.map((row) => `+ ${shown(row)}`),
    ...removed.rows.map((row) => `- ${shown(row)}`),
    ...changed.rows.map(({ at, before, after }) => {
      const columns = [...new Set([...Object.keys(before), ...Object.keys(after)])];
      const differing = columns.filter((name) => writeRow(before[name] ?? null) !== writeRow(after[name] ?? null));
      return `~ ${shown(at)}: ${differing.map((name) => `${printable(name)} ${shown(before[name] ?? null)} -> ${shown(after[name] ?? null)}`).join(', ')}`;
    }),
    ...(truncated ? ['and more: --limit shows them'] : []),
  ];
  return lines.map((line) => `${line}\n`).join('');
}
