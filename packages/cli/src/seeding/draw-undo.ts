import type { UndoReport } from '@datamaker/seeding';
import { printable } from '../errors/printable.ts';
import { cut } from '../output/cut.ts';
import { drawTable } from '../output/draw-table.ts';

/** So many rows are shown by name. */
const MOST = 10;

/** `1 row`, `1,000 rows`. */
export const countRows = (count: number): string => (count === 1 ? '1 row' : `${count.toLocaleString('en')} rows`);

/** What an undo removes, or would remove, as a table for people. Of rows that were changed it shows keys, which the seed has made. */
export function drawUndo({ isDone, tables, edited, uses, uncompared }: UndoReport): string {
  const header = ['table', 'written', isDone ? 'removed' : 'to be removed', 'gone already', 'changed since', 'kept'];
  const lines = tables.map((table) => [
    cut(printable(table.table), 60),
    ...[table.written, table.removed, table.missing, table.edited, table.kept].map((count) =>
      count.toLocaleString('en'),
    ),
  ]);
  const changed = edited
    .slice(0, MOST)
    .map(({ table, key, columns }) => `  ${table} ${JSON.stringify(key)}: ${columns.join(', ')}`);
  const used = uses.map(
    ({ table, key, to, rows }) => `  ${rows.toLocaleString('en')} rows of ${table} refer to ${to} (${key})`,
  );
  return `${[
    ...drawTable([header, ...lines], new Set([1, 2, 3, 4, 5])),
    ...(changed.length === 0 ? [] : ['', 'Changed since:', ...changed.map(printable)]),
    ...(used.length === 0 ? [] : ['', 'Used by others:', ...used.map(printable)]),
    ...(uncompared.length === 0 ? [] : ['', `Not compared: ${uncompared.map(printable).join(', ')}`]),
  ].join('\n')}\n`;
}
