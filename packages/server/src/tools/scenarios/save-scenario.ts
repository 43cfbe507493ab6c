import { z } from 'zod';
import { ADDS } from '../annotations.ts';
import { at } from '../api/api.ts';
import { scenarioId } from '../fields.ts';
import { defineTool } from '../tool.ts';

interface Saved {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly problem: unknown;
}

export const saveScenario = defineTool({
  name: 'save_scenario',
  title: 'Save a scenario',
  description:
    'Saves Python code (`from datamaker import DataMaker`); with `scenario`, as its next version. Runs nothing.',
  input: z.strictObject({
    scenario: scenarioId.optional(),
    name: z.string().min(1).max(200).optional(),
    code: z.string().min(1).max(1_000_000),
  }),
  output: z.looseObject({ id: z.string(), name: z.string(), version: z.int() }),
  annotations: ADDS,
  risk: 'write',
  permission: 'run',
  readsForeignData: false,
  call: async ({ scenario, ...body }, { api }) => {
    const saved =
      scenario === undefined
        ? await api.json<Saved>('POST', '/scenarios', { body })
        : await api.json<Saved>('PUT', at`/scenarios/${scenario}`, { body });
    return { id: saved.id, name: saved.name, version: saved.version, problem: saved.problem };
  },
});
