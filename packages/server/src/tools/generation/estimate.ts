import { z } from 'zod';
import { LOOKS } from '../annotations.ts';
import { at } from '../api/api.ts';
import { templateRef } from '../fields.ts';
import { defineTool } from '../tool.ts';

export const estimate = defineTool({
  name: 'estimate',
  title: 'Estimate a generation',
  description: 'Rows, bytes and seconds it would take, and whether the plan has enough left.',
  input: z.strictObject({
    template: templateRef,
    count: z.int().min(1).max(1_000_000_000),
    format: z.string().max(40).optional(),
  }),
  output: z.looseObject({ rows: z.int(), bytes: z.int(), seconds: z.number() }),
  annotations: LOOKS,
  risk: 'read',
  permission: 'generate',
  readsForeignData: false,
  call: async ({ template, ...body }, { api }) => api.json('POST', at`/templates/${template}/estimate`, { body }),
});
