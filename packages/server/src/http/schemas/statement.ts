import type { Value } from '@datamaker/connectors';
import { z } from 'zod';
import { MOST_ROWS } from '../../services/connections/execute-statement.ts';

const MAX_PARAMS = 1000;

/** A statement in the SQL of a database. */
export const statementBody = z.strictObject({
  sql: z
    .string('sql must be a text')
    .min(1, 'sql must not be empty')
    .max(100_000, 'sql has at most 100000 characters')
    .meta({
      description: 'One statement, in the SQL of the system.',
      example: 'SELECT id FROM customer WHERE city = $1',
    }),
  params: z
    .array(z.unknown(), 'params must be a list of values')
    .max(MAX_PARAMS, `at most ${MAX_PARAMS} values`)
    .default([])
    .transform((values) => values as Value[])
    .meta({
      description:
        'Values for the places in it, which are written as the system does: `$1` of PostgreSQL, `?` of MySQL. Integers beyond 2^53 as texts.',
      example: ['Köln'],
      override: { type: 'array', items: {} },
    }),
});

/** What it gave. */
export const statementAnswer = z
  .object({
    columns: z.array(z.string()).meta({ description: 'Of the rows; none where there are no rows.' }),
    rows: z.array(z.record(z.string(), z.unknown())),
    more: z.boolean().meta({ description: `Whether it gave more: at most ${MOST_ROWS} rows and 5 MiB are shown.` }),
  })
  .meta({ id: 'StatementAnswer' });
