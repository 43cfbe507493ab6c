import { z } from 'zod';
import { LOOKS_OUTSIDE } from '../annotations.ts';
import { rows } from '../fields.ts';
import { newPlanId } from '../hash-plan.ts';
import { defineTool } from '../tool.ts';
import { planOfPush } from './plan-of-push.ts';
import { pushArguments } from './push-arguments.ts';

export const planPush = defineTool({
  name: 'plan_push',
  title: 'Plan a push',
  description: 'What push_to_connection would write, and where. Writes nothing. Show it before you push.',
  input: z.strictObject(pushArguments),
  output: z.strictObject({
    plan_hash: z.string(),
    template: z.string(),
    target: z.strictObject({ connection: z.string(), type: z.string(), url: z.string() }),
    table: z.string().nullable(),
    columns: z.record(z.string(), z.string().nullable()).nullable(),
    count: z.int(),
    seed: z.string(),
    on_conflict: z.string(),
    sensitive_fields: z.array(z.string()),
    sample: rows,
    problems: z.array(z.string()),
    next: z.record(z.string(), z.unknown()),
  }),
  annotations: LOOKS_OUTSIDE,
  risk: 'read',
  permission: 'read',
  readsForeignData: true,
  call: async (given, { api }) => {
    const plan = await planOfPush(api, given, newPlanId());
    const { template, seed, plan_hash } = plan;
    return {
      ...plan,
      columns: plan.columns === null ? null : { ...plan.columns },
      sensitive_fields: [...plan.sensitive_fields],
      sample: [...plan.sample],
      problems: [...plan.problems],
      // What push_to_connection has to be given.
      next: { ...given, template, seed, plan_hash },
    };
  },
});
