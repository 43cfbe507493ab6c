import { z } from 'zod';
import { MAX_PUSHED } from '../../services/connections/push-source.ts';
import { pushRules } from './push-rules.ts';
import { schemaName, tableNameText } from './table.ts';

/** What goes into a table, and how. */
export const pushBody = z.strictObject({
  table: tableNameText,
  schema: schemaName.optional(),
  rows: z
    .array(z.unknown(), 'rows must be a list of objects')
    .optional()
    .meta({ description: `Objects, at most ${MAX_PUSHED}.`, example: [{ id: 1, city: 'Köln' }] }),
  template_id: z.string('template_id must be a text').optional().meta({ description: 'In place of `rows`.' }),
  count: z.unknown().optional().meta({ description: 'How many rows of the template.', example: 100 }),
  from: z.unknown().optional().meta({ description: 'The first row; default 0.' }),
  seed: z.unknown().optional(),
  overrides: z.record(z.string(), z.unknown()).optional(),
  ...pushRules,
  after: z
    .string('after must be a text')
    .min(1, 'after must not be empty')
    .max(255, 'after has at most 255 characters')
    .optional()
    .meta({
      description:
        'The `Idempotency-Key` of another request of this route. This one, which has a key as well, is done when that one has been answered with 200, and else refused: so the next rows may be on their way while those before are written.',
    }),
  mode: z
    .enum(['row', 'batch'], 'mode is one of row, batch')
    .optional()
    .meta({ description: 'Of REST: one row in each request, or many; default: what the connection says.' }),
  batch_key: z
    .string('batch_key must be a text')
    .min(1, 'batch_key must not be empty')
    .max(200, 'batch_key has at most 200 characters')
    .optional()
    .meta({ description: 'Of REST: rows go in lists under this key; `mode` is `batch` then.', example: 'items' }),
});

export type PushBody = z.output<typeof pushBody>;

/** What became of it. */
export const pushAnswer = z
  .object({
    table: z.object({ schema: z.string(), name: z.string() }),
    columns: z
      .record(z.string(), z.string().nullable())
      .meta({ description: 'Which column each field went into; null: none.' }),
    sent: z.int(),
    written: z.int(),
    skipped: z.int(),
    failed: z.int(),
    failures: z
      .array(z.object({ row: z.int(), status: z.int().nullable(), message: z.string() }))
      .meta({ description: 'The first hundred, of systems where each row has an outcome of its own.' }),
    together: z.boolean().meta({ description: 'Whether all rows were kept together, or would have been none.' }),
    seed: z.string().nullable().meta({ description: 'Of generated rows.' }),
  })
  .meta({ id: 'PushReport' });
