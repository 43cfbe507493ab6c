import { z } from 'zod';
import { connectionId, overrides, seed, templateRef } from '../fields.ts';

/** What is pushed, and where: the same for the plan and for the push. */
export const pushArguments = {
  template: templateRef,
  connection: connectionId,
  table: z.string().min(1).max(512).optional().describe('table, entity set or path'),
  schema: z.string().max(512).optional(),
  count: z.int().min(1).max(1_000_000_000).default(10),
  seed,
  overrides,
  on_conflict: z.enum(['fail', 'skip', 'update']).default('fail'),
  key: z.array(z.string().min(1).max(512)).min(1).max(100).optional(),
  mapping: z.record(z.string(), z.string().nullable()).optional().describe('field: column or null'),
};

export type PushArguments = z.output<z.ZodObject<typeof pushArguments>>;
