import { z } from 'zod';
import { LOOKS } from '../annotations.ts';
import { at } from '../api/api.ts';
import { runId, scenarioId, waitSeconds } from '../fields.ts';
import { followRun } from '../runs/follow-run.ts';
import { defineTool } from '../tool.ts';

export const getScenarioRun = defineTool({
  name: 'get_scenario_run',
  title: 'Read a run of a scenario',
  description: 'State, error and, of a dry run, what it would write.',
  input: z.strictObject({ scenario: scenarioId, run: runId, wait_seconds: waitSeconds }),
  output: z.looseObject({ run_id: z.string(), state: z.string() }),
  annotations: LOOKS,
  risk: 'read',
  permission: 'read',
  readsForeignData: true,
  call: async ({ scenario, run, wait_seconds }, context) =>
    followRun(context, at`/scenarios/${scenario}/runs/${run}`, wait_seconds),
});
