import type { UndoReport } from '@datamaker/seeding';
import type { RunError } from '../../store/run-table.ts';
import { plainRow } from '../connections/plain-json.ts';
import type { Undone } from './undone.ts';

/** What an undo has done, or would do. */
export interface ShownUndo {
  readonly done: boolean;
  readonly reason: UndoReport['reason'];
  readonly removed: number;
  readonly tables: UndoReport['tables'];
  readonly edited: readonly {
    readonly table: string;
    readonly key: Readonly<Record<string, unknown>>;
    readonly columns: readonly string[];
  }[];
  readonly uses: UndoReport['uses'];
  readonly uncompared: readonly string[];
  readonly unknown: number;
}

/** A report as clients see it. Of rows that were changed it shows keys, which the run has made, and names of columns. */
export const presentUndo = ({ isDone, reason, tables, edited, uses, uncompared, unknown }: Undone): ShownUndo => ({
  done: isDone,
  reason,
  removed: isDone || reason === 'dry_run' ? tables.reduce((sum, { removed }) => sum + removed, 0) : 0,
  tables,
  edited: edited.map(({ table, key, columns }) => ({ table, key: plainRow(key), columns })),
  uses,
  uncompared,
  unknown,
});

/** Why nothing was removed, for people. */
export function sayUndo({ reason, tables, uses }: UndoReport): RunError {
  if (reason === 'rows_in_use') {
    const [first] = uses;
    const message = `nothing was removed: ${first?.rows ?? 0} rows of ${first?.table} refer to rows of ${first?.to} that the run has written`;
    return { code: 'rows_in_use', message };
  }
  const changed = tables.reduce((sum, { edited }) => sum + edited, 0);
  const message = `nothing was removed: ${changed} rows were changed since they were written; say \`edited\`: keep or remove`;
  return { code: 'rows_edited', message };
}
