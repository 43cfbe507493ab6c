import { z } from 'zod';
import { LOOKS } from '../annotations.ts';
import { defineTool } from '../tool.ts';

export const inferSchema = defineTool({
  name: 'infer_schema',
  title: 'Infer types of columns',
  description: 'Types for names of columns, as DataMaker understands them; saves nothing.',
  input: z.strictObject({
    field_names: z.array(z.string().max(200)).min(1).max(80),
    locale: z.string().max(20).optional(),
    domain_hint: z.string().max(2000).optional(),
  }),
  output: z.looseObject({ proposed_schema: z.array(z.unknown()), contract_hash: z.string() }),
  annotations: LOOKS,
  risk: 'read',
  permission: 'read',
  readsForeignData: false,
  call: async (body, { api }) => api.json('POST', '/api/v1/infer-schema', { body }),
});
