import { z } from 'zod';
import { LOOKS_OUTSIDE } from '../annotations.ts';
import { runId } from '../fields.ts';
import { defineTool } from '../tool.ts';
import { planOfUndo } from './plan-of-undo.ts';

export const planUndo = defineTool({
  name: 'plan_undo',
  title: 'Plan an undo',
  description: 'What undo_run would remove. Removes nothing.',
  input: z.strictObject({ run: runId, edited: z.enum(['refuse', 'keep', 'remove']).default('refuse') }),
  output: z.looseObject({ plan_hash: z.string(), removed: z.int(), tables: z.array(z.unknown()) }),
  annotations: LOOKS_OUTSIDE,
  risk: 'read',
  permission: 'push',
  readsForeignData: true,
  call: async ({ run, edited }, { api }) => ({ ...(await planOfUndo(api, run, edited)) }),
});
