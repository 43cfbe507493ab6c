import { z } from 'zod';
import { LOOKS } from '../annotations.ts';
import { defineTool } from '../tool.ts';
import { ToolError } from '../tool-error.ts';
import { pathOf } from './path-of.ts';

/** Less than a result may have: texts are longer as JSON. */
const MOST_BYTES = 100 * 1024;

export const readFile = defineTool({
  name: 'read_file',
  title: 'Read a file',
  description: 'The beginning of a text file.',
  input: z.strictObject({ name: z.string().min(1).max(500) }),
  output: z.strictObject({ text: z.string(), truncated: z.boolean() }),
  annotations: LOOKS,
  risk: 'read',
  permission: 'read',
  readsForeignData: true,
  call: async ({ name }, { api }) => {
    const { text, isCut, headers } = await api.text('GET', pathOf(name), { most: MOST_BYTES });
    if (/spreadsheet|octet-stream/.test(String(headers['content-type']))) {
      throw new ToolError('unsupported_media_type', 'the file is no text', { hint: 'read it in a scenario' });
    }
    return { text: isCut ? text.replace(/\uFFFD+$/, '') : text, truncated: isCut };
  },
});
