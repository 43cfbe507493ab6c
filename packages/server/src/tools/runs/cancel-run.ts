import { z } from 'zod';
import { REMOVES } from '../annotations.ts';
import { at } from '../api/api.ts';
import { runId } from '../fields.ts';
import { defineTool } from '../tool.ts';

export const cancelRun = defineTool({
  name: 'cancel_run',
  title: 'Cancel a run',
  description: 'What it has written stays; undo_run removes that.',
  input: z.strictObject({ run: runId }),
  output: z.looseObject({ id: z.string(), state: z.string() }),
  annotations: REMOVES,
  risk: 'outbound_or_destructive',
  permission: 'run',
  readsForeignData: false,
  call: async ({ run }, { api }) => {
    const { id, state } = await api.json<{ id: string; state: string }>('POST', at`/runs/${run}/cancel`, { body: {} });
    return { id, state };
  },
});
