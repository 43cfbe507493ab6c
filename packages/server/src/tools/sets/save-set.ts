import { z } from 'zod';
import { ADDS } from '../annotations.ts';
import { seed, templateRef } from '../fields.ts';
import { defineTool } from '../tool.ts';

export const saveSet = defineTool({
  name: 'save_set',
  title: 'Save a set',
  description: 'Saves rows, or a template with a count, under a name; a name that is there gets a new version.',
  input: z.strictObject({
    name: z.string().min(1).max(200),
    rows: z.array(z.record(z.string(), z.unknown())).max(1000).optional(),
    template: templateRef.optional(),
    count: z.int().min(1).max(1_000_000_000).optional(),
    seed,
  }),
  output: z.looseObject({ name: z.string(), version: z.int(), row_count: z.int() }),
  annotations: ADDS,
  risk: 'write',
  permission: 'write',
  readsForeignData: false,
  call: async ({ template, ...body }, { api }) =>
    api.json('POST', '/sets', { body: { ...body, template_id: template } }),
});
