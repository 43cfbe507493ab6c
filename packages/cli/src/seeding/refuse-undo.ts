import type { UndoReport } from '@datamaker/seeding';
import { CommandError } from '../errors/command-error.ts';
import { countRows } from './draw-undo.ts';

/** @throws CommandError when nothing was, or would be, removed */
export function refuseUndo({ reason, tables, uses }: Pick<UndoReport, 'reason' | 'tables' | 'uses'>): void {
  if (reason === 'rows_in_use') {
    const rows = uses.reduce((sum, use) => sum + use.rows, 0);
    const message = `nothing is removed: ${countRows(rows)} of others refer to rows of the seed`;
    throw new CommandError(1, 'rows_in_use', message, { hint: 'remove those first, or have them refer to others' });
  }
  if (reason !== 'rows_edited') return;
  const rows = tables.reduce((sum, table) => sum + table.edited, 0);
  const message = `nothing is removed: ${countRows(rows)} changed since the seed`;
  throw new CommandError(1, 'rows_edited', message, { hint: 'say --edited keep, or --edited remove' });
}
