import { z } from 'zod';
import type { ShownUndo } from '../../services/undo/present-undo.ts';

export const undoBody = z.strictObject({
  dryRun: z
    .boolean('dryRun must be true or false')
    .default(false)
    .meta({ description: 'Tells what would be removed, and removes nothing.' }),
  edited: z
    .enum(['refuse', 'keep', 'remove'], 'edited is one of refuse, keep, remove')
    .default('refuse')
    .meta({ description: 'What becomes of rows that were changed since; `refuse`: nothing is removed at all.' }),
});

export const undoReportSchema = z
  .object({
    done: z.boolean(),
    reason: z.string().nullable().meta({ description: '`dry_run`, `rows_edited` or `rows_in_use`.' }),
    removed: z.int().meta({ description: 'Rows that were removed, or would be.' }),
    tables: z.array(
      z.object({
        table: z.string(),
        written: z.int(),
        removed: z.int(),
        missing: z.int().meta({ description: 'Rows that are not there any more.' }),
        edited: z.int().meta({ description: 'Rows that were changed since.' }),
        kept: z.int(),
      }),
    ),
    edited: z
      .array(z.object({ table: z.string(), key: z.record(z.string(), z.unknown()), columns: z.array(z.string()) }))
      .meta({ description: 'The first hundred of them.' }),
    uses: z
      .array(z.object({ table: z.string(), key: z.string(), to: z.string(), rows: z.int() }))
      .meta({ description: 'Rows of others that refer to rows of the run.' }),
    uncompared: z
      .array(z.string())
      .meta({ description: 'Columns whose values are not compared: a change of one of them alone is not seen.' }),
    unknown: z.int().meta({
      description: 'Rows of a push of which nobody knows whether they arrived, nor by which key they are found.',
    }),
  })
  .meta({ id: 'UndoReport' });

export const presentUndoReport = ({
  tables,
  edited,
  uses,
  uncompared,
  ...report
}: ShownUndo): z.input<typeof undoReportSchema> => ({
  ...report,
  tables: tables.map((table) => ({ ...table })),
  edited: edited.map((row) => ({ ...row, columns: [...row.columns] })),
  uses: uses.map((use) => ({ ...use })),
  uncompared: [...uncompared],
});

/** The last run that takes it back. */
export const lastUndo = z
  .object({ runId: z.string(), undoneAt: z.iso.datetime().nullable() })
  .nullable()
  .meta({ description: 'The last run that takes it back.' });

export const presentLastUndo = ({
  undoRunId,
  undoneAt,
}: {
  readonly undoRunId: string | null;
  readonly undoneAt: Date | null;
}): z.input<typeof lastUndo> =>
  undoRunId === null ? null : { runId: undoRunId, undoneAt: undoneAt?.toISOString() ?? null };
