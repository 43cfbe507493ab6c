import { z } from 'zod';
import { WRITES_OUTSIDE } from '../annotations.ts';
import { at } from '../api/api.ts';
import { defineTool } from '../tool.ts';
import { seedArguments } from './seed-arguments.ts';

export const seedDatabase = defineTool({
  name: 'seed_database',
  title: 'Seed a database',
  description:
    'Fills related tables, parents first, as a run. Give it `next` of plan_seed, unchanged. undo_run takes it back.',
  input: z.strictObject({ ...seedArguments, plan_hash: z.string().min(1).max(64) }),
  output: z.strictObject({ run_id: z.string(), state: z.string() }),
  annotations: WRITES_OUTSIDE,
  risk: 'outbound_or_destructive',
  permission: 'push',
  readsForeignData: false,
  call: async ({ connection, plan_hash: planHash, ...rest }, { api }) =>
    api.json('POST', at`/connections/${connection}/seed`, { body: { ...rest, planHash } }),
});
