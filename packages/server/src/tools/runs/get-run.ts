import { z } from 'zod';
import { LOOKS } from '../annotations.ts';
import { at } from '../api/api.ts';
import { runId, waitSeconds } from '../fields.ts';
import { defineTool } from '../tool.ts';
import { followRun } from './follow-run.ts';

export const getRun = defineTool({
  name: 'get_run',
  title: 'Read a run',
  description: 'State, progress, error and result; can wait for its end.',
  input: z.strictObject({ run: runId, wait_seconds: waitSeconds }),
  output: z.looseObject({ id: z.string(), kind: z.string(), state: z.string() }),
  annotations: LOOKS,
  risk: 'read',
  permission: 'read',
  readsForeignData: true,
  call: async ({ run, wait_seconds }, context) => followRun(context, at`/runs/${run}`, wait_seconds),
});
