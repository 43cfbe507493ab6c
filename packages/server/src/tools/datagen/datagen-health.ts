import { z } from 'zod';
import { LOOKS } from '../annotations.ts';
import { defineTool } from '../tool.ts';

export const datagenHealth = defineTool({
  name: 'datagen_health',
  title: 'DataGen: health',
  description: 'Whether DataGen works.',
  input: z.strictObject({}),
  output: z.looseObject({ api: z.string() }),
  annotations: LOOKS,
  risk: 'read',
  permission: 'read',
  readsForeignData: false,
  isOfDatagen: true,
  call: async (_input, { api }) => api.json('GET', '/api/v1/health'),
});
