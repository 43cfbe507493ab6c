import { z } from 'zod';
import { WRITES_OUTSIDE } from '../annotations.ts';
import { at } from '../api/api.ts';
import { planIdOf } from '../hash-plan.ts';
import { defineTool } from '../tool.ts';
import { ToolError } from '../tool-error.ts';
import { planOfPush } from './plan-of-push.ts';
import { pushArguments } from './push-arguments.ts';

export const pushToConnection = defineTool({
  name: 'push_to_connection',
  title: 'Push rows to a connection',
  description:
    'Writes rows of a template into a system, as a run. Give it `next` of plan_push, unchanged. Follow it with get_run; undo_run takes it back.',
  input: z.strictObject({ ...pushArguments, plan_hash: z.string().min(1).max(64) }),
  output: z.strictObject({ run_id: z.string(), state: z.string() }),
  annotations: WRITES_OUTSIDE,
  risk: 'outbound_or_destructive',
  permission: 'push',
  readsForeignData: false,
  call: async ({ plan_hash, ...given }, { api }) => {
    const plan = await planOfPush(api, given, planIdOf(plan_hash));
    if (plan.plan_hash !== plan_hash) {
      throw new ToolError('plan_changed', 'the plan is not the one with that hash: arguments or the target differ', {
        hint: 'call plan_push, look at what it says, and pass on its `next` unchanged',
      });
    }
    const { connection, seed: _drawn, template: _any, count, ...rest } = given;
    const body = { ...rest, template_id: plan.template, seed: plan.seed, count };
    return api.json<{ run_id: string; state: string }>('POST', at`/connections/${connection}/push`, {
      body,
      // Twice the same plan is one push: a call whose answer was lost can be made again.
      headers: { 'idempotency-key': `plan-${plan_hash}` },
    });
  },
});
