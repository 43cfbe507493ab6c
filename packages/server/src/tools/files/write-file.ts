import { z } from 'zod';
import { OVERWRITES } from '../annotations.ts';
import { defineTool } from '../tool.ts';

export const writeFile = defineTool({
  name: 'write_file',
  title: 'Write a file',
  description: 'Saves a text file; one of that name is replaced.',
  input: z.strictObject({ name: z.string().min(1).max(500), text: z.string().max(1_000_000) }),
  output: z.looseObject({ name: z.string(), size: z.int() }),
  annotations: OVERWRITES,
  risk: 'outbound_or_destructive',
  permission: 'write',
  readsForeignData: false,
  call: async ({ name, text }, { api }) => {
    const form = new FormData();
    form.set('name', name);
    form.set('file', new Blob([text]), 'file');
    return api.json('POST', '/workspace/files', { form });
  },
});
