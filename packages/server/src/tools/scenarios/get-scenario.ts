import { z } from 'zod';
import { LOOKS } from '../annotations.ts';
import { at } from '../api/api.ts';
import { scenarioId } from '../fields.ts';
import { defineTool } from '../tool.ts';

export const getScenario = defineTool({
  name: 'get_scenario',
  title: 'Read a scenario',
  description: 'A scenario with its code.',
  input: z.strictObject({ scenario: scenarioId }),
  output: z.looseObject({ id: z.string(), name: z.string(), version: z.int(), code: z.string() }),
  annotations: LOOKS,
  risk: 'read',
  permission: 'read',
  readsForeignData: true,
  call: async ({ scenario }, { api }) => api.json('GET', at`/scenarios/${scenario}`),
});
