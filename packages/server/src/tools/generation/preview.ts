import { z } from 'zod';
import { LOOKS } from '../annotations.ts';
import { at } from '../api/api.ts';
import { overrides, rows, seed, templateRef } from '../fields.ts';
import { defineTool } from '../tool.ts';

export const preview = defineTool({
  name: 'preview',
  title: 'Preview a template',
  description: 'Its first three rows. Costs nothing.',
  input: z.strictObject({ template: templateRef, seed, overrides }),
  output: z.strictObject({ rows, seed: z.string() }),
  annotations: LOOKS,
  risk: 'read',
  permission: 'read',
  readsForeignData: true,
  call: async ({ template, ...body }, { api }) => {
    const { text, headers } = await api.text('POST', at`/templates/${template}/preview`, { body });
    const seedOf = decodeURIComponent(String(headers['x-datamaker-seed'] ?? ''));
    return { rows: JSON.parse(text) as Record<string, unknown>[], seed: seedOf };
  },
});
