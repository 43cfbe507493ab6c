import { z } from 'zod';
import { ADDS } from '../annotations.ts';
import { defineTool } from '../tool.ts';
import {
  type StoredTemplate,
  savedTemplate,
  shorten,
  templateDocument,
  templateFields,
  templateName,
} from './saved-template.ts';

export const createTemplate = defineTool({
  name: 'create_template',
  title: 'Create a template',
  description:
    'Saves a template. Fields: {name, type, …options}; datagen_field_types and get_template show how they look.',
  input: z.strictObject({ ...templateDocument, name: templateName, fields: templateFields }),
  output: savedTemplate,
  annotations: ADDS,
  risk: 'write',
  permission: 'write',
  readsForeignData: false,
  call: async (body, { api }) => shorten(await api.json<StoredTemplate>('POST', '/templates', { body })),
});
