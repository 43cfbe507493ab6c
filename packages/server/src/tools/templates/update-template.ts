import { z } from 'zod';
import { ADDS } from '../annotations.ts';
import { at } from '../api/api.ts';
import { escaped } from '../api/escaped.ts';
import { templateId } from '../fields.ts';
import { defineTool } from '../tool.ts';
import {
  type StoredTemplate,
  savedTemplate,
  shorten,
  templateDocument,
  templateFields,
  templateName,
} from './saved-template.ts';

export const updateTemplate = defineTool({
  name: 'update_template',
  title: 'Change a template',
  description: 'Adds a version; versions before it stay. With `version`, only if that is the newest.',
  input: z.strictObject({
    template: templateId,
    ...templateDocument,
    name: templateName.optional(),
    fields: templateFields.optional(),
    version: z.int().min(1).optional(),
  }),
  output: savedTemplate,
  annotations: ADDS,
  risk: 'write',
  permission: 'write',
  readsForeignData: false,
  call: async ({ template, version, ...body }, { api }) => {
    const headers = version === undefined ? {} : { 'if-match': `"${escaped(template)}@v${version}"` };
    return shorten(await api.json<StoredTemplate>('PATCH', at`/templates/${template}`, { body, headers }));
  },
});
