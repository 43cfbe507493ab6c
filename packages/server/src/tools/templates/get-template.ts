import { z } from 'zod';
import { LOOKS } from '../annotations.ts';
import { at } from '../api/api.ts';
import { templateRef } from '../fields.ts';
import { defineTool } from '../tool.ts';

export const getTemplate = defineTool({
  name: 'get_template',
  title: 'Read a template',
  description: 'A template with all its fields.',
  input: z.strictObject({ template: templateRef }),
  output: z.looseObject({ id: z.string(), name: z.string(), version: z.int(), fields: z.array(z.unknown()) }),
  annotations: LOOKS,
  risk: 'read',
  permission: 'read',
  readsForeignData: true,
  call: async ({ template }, { api }) => api.json('GET', at`/templates/${template}`),
});
