import { z } from 'zod';
import { LOOKS } from '../annotations.ts';
import { at } from '../api/api.ts';
import { overrides, seed, templateRef } from '../fields.ts';
import { defineTool } from '../tool.ts';

export const profile = defineTool({
  name: 'profile',
  title: 'Profile a template',
  description: 'What is in its first rows, field by field, and whether it is as the template says.',
  input: z.strictObject({ template: templateRef, count: z.int().min(1).max(100_000).optional(), seed, overrides }),
  output: z.looseObject({ seed: z.string() }),
  annotations: LOOKS,
  risk: 'read',
  permission: 'read',
  readsForeignData: true,
  call: async ({ template, ...body }, { api }) => api.json('POST', at`/templates/${template}/profile`, { body }),
});
