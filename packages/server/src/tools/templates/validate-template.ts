import { z } from 'zod';
import { LOOKS } from '../annotations.ts';
import { defineTool } from '../tool.ts';
import { templateDocument, templateFields, templateName } from './saved-template.ts';

export const validateTemplate = defineTool({
  name: 'validate_template',
  title: 'Check a template',
  description: 'Whether a template would be taken, and what is wrong with it. Saves nothing.',
  input: z.strictObject({ ...templateDocument, name: templateName.optional(), fields: templateFields }),
  output: z.looseObject({ valid: z.boolean(), diagnostics: z.array(z.unknown()) }),
  annotations: LOOKS,
  risk: 'read',
  permission: 'read',
  readsForeignData: false,
  call: async (body, { api }) => api.json('POST', '/templates/validate', { body }),
});
