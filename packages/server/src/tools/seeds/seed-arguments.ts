import { z } from 'zod';
import { connectionId } from '../fields.ts';

/** What a seed is planned from: the same for the plan and for the seed. */
export const seedArguments = {
  connection: connectionId,
  seed: z.string().min(1).max(200).optional(),
  rows: z.int().min(1).max(1_000_000_000).optional().describe('of tables that belong to no other'),
  tables: z
    .record(z.string().max(1100), z.record(z.string(), z.unknown()))
    .optional()
    .describe('schema.name: {rows, perParent {min,max}}; rows 0 leaves it out'),
  locale: z.string().max(20).optional(),
  mode: z.enum(['chunks', 'transaction']).optional(),
};
