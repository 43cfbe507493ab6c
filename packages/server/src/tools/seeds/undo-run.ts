import { z } from 'zod';
import { WRITES_OUTSIDE } from '../annotations.ts';
import { at } from '../api/api.ts';
import { runId } from '../fields.ts';
import { defineTool } from '../tool.ts';
import { ToolError } from '../tool-error.ts';
import { planOfUndo } from './plan-of-undo.ts';

export const undoRun = defineTool({
  name: 'undo_run',
  title: 'Undo a run',
  description: 'Removes the rows that a push or a seed has written, as a run. Needs plan_hash of plan_undo.',
  input: z.strictObject({
    run: runId,
    edited: z.enum(['refuse', 'keep', 'remove']).default('refuse'),
    plan_hash: z.string().min(1).max(64),
  }),
  output: z.strictObject({ run_id: z.string(), state: z.string() }),
  annotations: WRITES_OUTSIDE,
  risk: 'outbound_or_destructive',
  permission: 'push',
  readsForeignData: false,
  call: async ({ run, edited, plan_hash }, { api }) => {
    const plan = await planOfUndo(api, run, edited);
    if (plan.plan_hash !== plan_hash) {
      throw new ToolError('plan_changed', 'other rows would be removed than those of the plan', {
        hint: 'call plan_undo and look at what it says now',
      });
    }
    return api.json('POST', at`/runs/${run}/undo`, { body: { edited } });
  },
});
