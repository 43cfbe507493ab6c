import { z } from 'zod';
import { places } from '../place-of.ts';
import { columnMapping } from './column-mapping.ts';
import { pushRules } from './push-rules.ts';
import { schemaName } from './table.ts';

/** What is pushed, where, and how. */
export const pushRunBody = z.strictObject({
  template_id: z
    .string('template_id must be a text')
    .meta({ description: 'Also a version of it: `…@v3`.', example: 'tmpl_8d3kq0vx2m5ra7cz4n1w' }),
  ...places,
  schema: schemaName.optional(),
  count: z.unknown().optional().meta({ description: 'How many rows.', example: 100_000 }),
  from: z.unknown().optional().meta({ description: 'The first row; default 0.' }),
  to: z.unknown().optional().meta({ description: 'The row after the last, in place of `count`.' }),
  seed: z.unknown().optional(),
  overrides: z.record(z.string(), z.unknown()).optional(),
  ...pushRules,
  mapping: columnMapping
    .nullable()
    .optional()
    .meta({ description: 'As with `pushRows`; null: also what was saved for template and connection does not count.' }),
  batch_key: z
    .string('batch_key must be a text')
    .min(1, 'batch_key must not be empty')
    .max(200, 'batch_key has at most 200 characters')
    .optional()
    .meta({ description: 'Of REST: rows go in lists under this key.', example: 'items' }),
  rate_limit: z
    .number('rate_limit must be a number')
    .min(0.1, 'rate_limit must be at least 0.1')
    .max(1_000_000, 'rate_limit must be at most 1000000')
    .optional()
    .meta({ description: 'Most rows in a second.' }),
  retries: z
    .int('retries must be a whole number')
    .min(0, 'retries must be at least 0')
    .max(10, 'retries must be at most 10')
    .optional()
    .meta({ description: 'Attempts after the first; default 4.' }),
  timeout_seconds: z
    .int('timeout_seconds must be a whole number')
    .min(1, 'timeout_seconds must be at least 1')
    .max(600, 'timeout_seconds must be at most 600')
    .optional()
    .meta({
      description: 'For some thousand rows of a database, or a request; default 120, of HTTP what the connection says.',
    }),
  verify: z
    .boolean('verify must be true or false')
    .default(true)
    .meta({ description: 'Whether the rows are read back by their keys at the end.' }),
});

export const resumeBody = z.strictObject({
  unknown: z
    .enum(['resend', 'skip'], 'unknown is one of resend, skip')
    .optional()
    .meta({ description: 'What becomes of rows of which it is not known whether they arrived.' }),
});
