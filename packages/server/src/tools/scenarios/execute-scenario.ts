import { z } from 'zod';
import { WRITES_OUTSIDE } from '../annotations.ts';
import { at } from '../api/api.ts';
import { scenarioId } from '../fields.ts';
import { defineTool } from '../tool.ts';

export const executeScenario = defineTool({
  name: 'execute_scenario',
  title: 'Run a scenario',
  description:
    'Executes the script, which may write to systems; dry_run shows what it would write. Follow with get_scenario_run.',
  input: z.strictObject({
    scenario: scenarioId,
    params: z.record(z.string(), z.unknown()).optional(),
    dry_run: z.boolean().optional(),
    timeout_seconds: z.int().min(1).max(86_400).optional(),
  }),
  output: z.looseObject({ run_id: z.string(), state: z.string() }),
  annotations: WRITES_OUTSIDE,
  risk: 'outbound_or_destructive',
  permission: 'run',
  readsForeignData: false,
  call: async ({ scenario, ...body }, { api }) => {
    const run = await api.json<{ run_id: string; state: string }>('POST', at`/scenarios/${scenario}/run`, {
      body: { ...body, wait: false },
    });
    return { run_id: run.run_id, state: run.state };
  },
});
