import { z } from 'zod';
import { schemaName, tableNameText, tableSchema } from './table.ts';
import { templateName, templateSchema } from './template.ts';
import { typed } from './typed.ts';

/** Which tables of a system somebody wants to hear of. */
export const metadataQuery = z.strictObject({
  refresh: z
    .enum(['true', 'false'], 'refresh must be true or false')
    .default('false')
    .meta({ description: '`true`: ask the system, also when that was done within the hour.' }),
  table: tableNameText.optional().meta({ description: 'Only this one.' }),
  schema: schemaName.optional(),
});

/** What a system says of them. */
export const metadataAnswer = z
  .object({
    tables: z.array(typed<object>(tableSchema)),
    notices: z.array(
      z.object({
        subject: z.string(),
        message: z.string(),
        code: z.enum(['triggers', 'no_transactions']).optional().meta({ description: 'Of what programs look at.' }),
      }),
    ),
    readAt: z.iso.datetime(),
  })
  .meta({ id: 'Metadata', description: 'What a system says of its tables.' });

const locale = z
  .string('locale must be a text')
  .max(60)
  .optional()
  .meta({ description: 'Of the values, where nothing else says so.', example: 'de_DE' });

const paths = z
  .array(tableNameText, 'expand must be a list of names')
  .max(20, 'expand has at most 20 names')
  .meta({
    description:
      'Of OData: navigation properties whose entities go with each row (deep insert): `to_Item`, `to_Item/to_ScheduleLine`. See `nested` in the metadata.',
    example: ['to_Item'],
  });

/** Of which table somebody wants a template. */
export const tableTemplateQuery = z.strictObject({
  table: tableNameText,
  schema: schemaName.optional(),
  expand: z
    .preprocess((value) => (typeof value === 'string' ? [value] : value), paths.optional())
    .meta({
      description: 'Navigation properties of OData whose entities go with each row, once for each.',
    }),
  locale,
  references: z.enum(['rows', 'none'], 'references must be rows or none').default('rows').meta({
    description:
      'What foreign keys take their values from: `rows`, those that are there when rows are made (`db_response`); `none`: null where that may be.',
  }),
});

const notice = z.object({
  code: z.string().optional().meta({ example: 'check_not_understood' }),
  subject: z.string().meta({ example: 'order_line.quantity' }),
  message: z.string(),
});

/** The template of a table's rows, and what it leaves out. */
export const tableTemplateAnswer = z
  .object({
    template: typed<object>(z.record(z.string(), z.unknown())).meta({ description: 'As `POST /templates` takes it.' }),
    notices: z
      .array(notice)
      .meta({ description: 'What of the table is not in it, or is there in another way; each with a stable code.' }),
  })
  .meta({ id: 'TableTemplate' });

const wantedTable = z.union([
  tableNameText,
  z.strictObject({
    table: tableNameText,
    schema: schemaName.optional(),
    name: templateName.optional(),
    expand: paths.optional(),
  }),
]);

/** Of which tables somebody wants templates. */
export const tablesTemplatesBody = z.strictObject({
  tables: z
    .array(wantedTable, 'tables must be a list of names, or of { table, schema?, name? }')
    .min(1, 'tables must not be empty')
    .max(200, 'tables has at most 200 of them')
    .optional()
    .meta({ description: 'Names of tables, or objects that also say what the template is called; default: all.' }),
  schema: schemaName.optional(),
  expand: paths.optional(),
  locale,
  references: z
    .enum(['templates', 'rows', 'none'], 'references must be templates, rows or none')
    .default('templates')
    .meta({
      description:
        'What foreign keys take their values from: `templates`, rows of the templates that are made here, for the same seed (and `rows` for other tables); `rows`: those that are there when rows are made; `none`: null where that may be.',
    }),
  rows: z
    .int('rows must be a whole number')
    .min(1, 'rows must be at least 1')
    .max(1_000_000_000, 'rows must be at most 1000000000')
    .default(100)
    .meta({ description: 'How many rows of a template those of others refer to.' }),
});

export const tablesTemplatesAnswer = z
  .object({
    templates: z
      .array(
        z.object({
          table: z.object({ schema: z.string(), name: z.string() }),
          template: templateSchema,
          notices: z.array(notice),
        }),
      )
      .meta({ description: 'Each after those that it refers to: push them in this order, with one seed.' }),
    leftOut: z
      .array(z.object({ schema: z.string(), name: z.string(), reason: z.string() }))
      .meta({ description: 'Tables that no template was made of.' }),
  })
  .meta({ id: 'TableTemplates' });
