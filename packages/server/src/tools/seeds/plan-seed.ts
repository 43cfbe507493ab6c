import { z } from 'zod';
import { LOOKS_OUTSIDE } from '../annotations.ts';
import { at } from '../api/api.ts';
import { defineTool } from '../tool.ts';
import { seedArguments } from './seed-arguments.ts';

interface Plan {
  readonly planHash: string;
  readonly seed: string;
}

export const planSeed = defineTool({
  name: 'plan_seed',
  title: 'Plan a seed',
  description: 'What seed_database would write into which tables. Writes nothing. Show it first.',
  input: z.strictObject(seedArguments),
  output: z.looseObject({ plan_hash: z.string(), next: z.record(z.string(), z.unknown()) }),
  annotations: LOOKS_OUTSIDE,
  risk: 'read',
  permission: 'generate',
  readsForeignData: true,
  call: async (given, { api }) => {
    const { connection, ...body } = given;
    const { planHash, ...plan } = await api.json<Plan>('POST', at`/connections/${connection}/seed/plan`, { body });
    return { plan_hash: planHash, ...plan, next: { ...given, seed: plan.seed, plan_hash: planHash } };
  },
});
