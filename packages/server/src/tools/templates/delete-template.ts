import { z } from 'zod';
import { REMOVES } from '../annotations.ts';
import { at } from '../api/api.ts';
import { templateId } from '../fields.ts';
import { defineTool } from '../tool.ts';

export const deleteTemplate = defineTool({
  name: 'delete_template',
  title: 'Delete a template',
  description: 'Can be restored for 30 days, not by a tool.',
  input: z.strictObject({ template: templateId }),
  output: z.strictObject({ deleted: z.string() }),
  annotations: REMOVES,
  risk: 'outbound_or_destructive',
  permission: 'write',
  readsForeignData: false,
  call: async ({ template }, { api }) => {
    await api.text('DELETE', at`/templates/${template}`);
    return { deleted: template };
  },
});
