import { z } from 'zod';
import type { StoredTemplate } from '../../store/templates.ts';

const EXAMPLE_FIELDS = [
  { name: 'id', type: 'uuid' },
  { name: 'email', type: 'email' },
  { name: 'iban', type: 'iban', options: { country: 'DE' } },
];

export const templateName = z
  .string()
  .min(1, 'a name must not be empty')
  .max(200, 'a name has at most 200 characters')
  .meta({ example: 'Customer' });

export const templateFields = z
  .array(z.unknown(), 'fields must be a list')
  .meta({ description: 'Each `{ name, type, options? }`; see the catalogue of types.', example: EXAMPLE_FIELDS });

export const templateLocale = z.string().meta({ description: 'Of all fields that name no other.', example: 'de_DE' });

export const templateWeighting = z.string().meta({
  description: '`population`: names and places as often as they are; `uniform`: all alike.',
  example: 'population',
});

/** A template as clients see it. */
export const templateSchema = z
  .object({
    id: z.string().meta({ example: 'tmpl_8d3kq0vx2m5ra7cz4n1w' }),
    name: z.string(),
    fields: z.array(z.unknown()).meta({ example: EXAMPLE_FIELDS }),
    locale: z.string().optional(),
    weighting: z.string().optional(),
    version: z.int().min(1),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Template' });

export const presentTemplate = (template: StoredTemplate): z.input<typeof templateSchema> => ({
  id: template.id,
  name: template.name,
  ...template.document,
  fields: [...template.document.fields],
  version: template.version,
  createdAt: template.createdAt.toISOString(),
  updatedAt: template.updatedAt.toISOString(),
});

/** A template's id, with or without a version. */
export const templateRefParams = z.object({
  ref: z.string().meta({
    description: 'The id of a template; `@v` and a number behind it name a version.',
    example: 'tmpl_8d3kq0vx2m5ra7cz4n1w',
  }),
});
