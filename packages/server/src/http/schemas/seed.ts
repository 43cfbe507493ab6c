import type { Receipt } from '@datamaker/seeding';
import { z } from 'zod';
import type { PlannedSeed } from '../../services/seeds/plan-connection.ts';
import { resultOf } from '../../services/seeds/receipts.ts';
import type { StoredConnection } from '../../store/connections.ts';
import type { StoredRun } from '../../store/runs.ts';
import type { KeptReceipt } from '../../store/seed-receipts.ts';
import { lastUndo, presentLastUndo } from './undo.ts';

const MOST_ROWS = 1_000_000_000;
const MOST_CHILDREN = 10_000;
const MOST_TABLES = 5000;

const rows = (name: string, least: number) =>
  z
    .int(`${name} must be a whole number`)
    .min(least, `${name} must be at least ${least}`)
    .max(MOST_ROWS, `${name} must be at most ${MOST_ROWS}`);

const fanOut = (name: string) => {
  const bound = (which: string) =>
    z
      .int(`${name}.${which} must be a whole number`)
      .min(0, `${name}.${which} must be at least 0`)
      .max(MOST_CHILDREN, `${name}.${which} must be at most ${MOST_CHILDREN}`);
  return z.strictObject({ min: bound('min'), max: bound('max') });
};

const tableOptions = z.strictObject({
  rows: rows('rows', 0).optional().meta({ description: 'How many rows; 0 leaves the table out.' }),
  perParent: fanOut('perParent')
    .optional()
    .meta({ description: 'How many rows for each row of the table that it belongs to.', example: { min: 0, max: 5 } }),
  parent: z
    .string('parent must be a text')
    .max(512, 'parent has at most 512 characters')
    .optional()
    .meta({ description: 'The foreign key by which rows are counted: its name, or one of its columns.' }),
});

/** What a seed is planned from. */
export const seedOptions = z.strictObject({
  seed: z
    .string('seed must be a text')
    .min(1, 'seed must not be empty')
    .max(200, 'seed has at most 200 characters')
    .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), 'a seed has no control characters')
    .optional()
    .meta({ description: 'The same seed gives the same rows. Default: drawn.', example: 'demo' }),
  rows: rows('rows', 1).optional().meta({ description: 'Rows of each table that belongs to no other; default 100.' }),
  everyTable: rows('everyTable', 1)
    .optional()
    .meta({ description: 'Rows of every table, in place of counting by what they belong to.' }),
  fanOut: fanOut('fanOut')
    .optional()
    .meta({ description: 'Rows for each row of the table that they belong to; default 1 to 3.' }),
  tables: z
    .record(z.string().max(1100, 'a name has at most 1100 characters'), tableOptions, 'tables must be an object')
    .refine((all) => Object.keys(all).length <= MOST_TABLES, `at most ${MOST_TABLES} tables`)
    .optional()
    .meta({ description: 'By `schema.name`, or by name alone.', example: { order_line: { rows: 500 } } }),
  locale: z
    .string('locale must be a text')
    .max(20, 'locale has at most 20 characters')
    .optional()
    .meta({ description: 'The language and country of values.', example: 'de_DE' }),
  mode: z.enum(['chunks', 'transaction'], 'mode is chunks or transaction').optional().meta({
    description: '`chunks`: what was written stays, and the run goes on behind it; `transaction`: all or none.',
  }),
});
export const seedBody = seedOptions.extend({
  planHash: z
    .string('planHash must be a text')
    .max(64, 'planHash has at most 64 characters')
    .optional()
    .meta({ description: 'Of a plan that somebody looked at: a run begins only if the plan is still that.' }),
});
const target = z.object({
  type: z.string(),
  url: z.string().meta({ description: 'Without user and password.' }),
  user: z.string().optional(),
  schemas: z.array(z.string()).optional(),
});
const counted = z.object({ table: z.string(), rows: z.int(), of: z.int() });

export const seedPlanSchema = z
  .object({
    seed: z.string(),
    planHash: z.string(),
    mode: z.enum(['chunks', 'transaction']),
    target,
    tables: z
      .array(
        z.object({
          table: z.string().meta({ example: 'public.order_line' }),
          rows: z.int(),
          columns: z.int().meta({ description: 'How many are given a value.' }),
          keys: z.array(z.string()).meta({ description: 'What tells its rows apart.' }),
          parents: z.array(
            z.object({
              columns: z.array(z.string()),
              table: z.string(),
              later: z.boolean().meta({ description: 'Whether it is filled when all rows are there: a circle.' }),
            }),
          ),
        }),
      )
      .meta({ description: 'In the order of writing: parents before children.' }),
    leftOut: z.array(z.string()).meta({ description: 'Tables that get no rows.' }),
    problems: z
      .array(z.object({ code: z.string(), subject: z.string(), message: z.string(), blocks: z.boolean() }))
      .meta({ description: 'What is not understood or not kept; `blocks`: the table is left out.' }),
    estimate: z.object({ rows: z.int(), bytes: z.int().meta({ description: 'As CSV, roughly.' }) }),
  })
  .meta({ id: 'SeedPlan' });

export const presentPlan = (
  { type, config }: StoredConnection,
  { plan, planHash, mode, estimate, leftOut }: PlannedSeed,
): z.input<typeof seedPlanSchema> => ({
  seed: plan.seed,
  planHash,
  mode,
  target: { type, url: config.url },
  tables: plan.tables.map(({ id, rows: count, columns, identity, links }) => ({
    table: id,
    rows: count,
    columns: columns.length,
    keys: [...identity],
    parents: links.map((link) => ({ columns: [...link.columns], table: link.to, later: link.isLater })),
  })),
  leftOut: [...leftOut],
  problems: plan.problems.map(({ code, subject, message, blocks }) => ({ code, subject, message, blocks })),
  estimate: { ...estimate },
});

export const seedReceiptSchema = z
  .object({
    kind: z.literal('datamaker/seed-receipt'),
    version: z.literal(1),
    runId: z.string(),
    state: z.string(),
    target,
    mode: z.enum(['chunks', 'transaction']),
    rows: z.int().meta({ description: 'How many are known to be written.' }),
    tables: z.array(counted),
    updatedAt: z.iso.datetime(),
    undo: lastUndo,
    receipt: z
      .looseObject({ version: z.literal(1) })
      .meta({ description: 'All that the rows follow from. `datamaker undo` and `verify` take it.' }),
  })
  .meta({ id: 'SeedReceipt' });

export function presentReceipt(run: StoredRun, kept: KeptReceipt, receipt: Receipt): z.input<typeof seedReceiptSchema> {
  const { rows: written, tables } = resultOf(receipt);
  return {
    kind: 'datamaker/seed-receipt',
    version: 1,
    runId: run.id,
    state: run.state,
    target: targetOf(kept),
    mode: kept.mode,
    rows: written,
    tables: tables.map((table) => ({ ...table })),
    updatedAt: kept.updatedAt.toISOString(),
    undo: presentLastUndo(kept),
    receipt: { ...receipt },
  };
}

function targetOf({ target: { type, url, user, schemas } }: KeptReceipt): z.input<typeof target> {
  return {
    type,
    url,
    ...(user === undefined ? {} : { user }),
    ...(schemas === undefined ? {} : { schemas: [...schemas] }),
  };
}

export const verificationSchema = z
  .object({
    ok: z.boolean().meta({ description: 'Whether all rows are there as they were written.' }),
    tables: z.array(
      z.object({
        table: z.string(),
        expected: z.int(),
        found: z.int(),
        edited: z.int(),
        expectedKeys: z.string().meta({ description: 'A checksum of the keys that were written.' }),
        foundKeys: z.string().meta({ description: 'The same of those of them that are there.' }),
      }),
    ),
    unchecked: z.array(z.string()).meta({ description: 'Tables whose rows nothing tells apart.' }),
    uncompared: z
      .array(z.string())
      .meta({ description: 'Columns whose values are not compared: a change of one of them alone is not seen.' }),
  })
  .meta({ id: 'SeedVerification' });
