import { z } from 'zod';
import { schemaName, tableNameText, tableSchema } from './table.ts';
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

/** Of which table somebody wants a template. */
export const tableTemplateQuery = z.strictObject({ table: tableNameText, schema: schemaName.optional() });

/** The template of a table's rows, and what it leaves out. */
export const tableTemplateAnswer = z
  .object({
    template: typed<object>(z.record(z.string(), z.unknown())).meta({ description: 'As `POST /templates` takes it.' }),
    notices: z
      .array(z.object({ subject: z.string(), message: z.string() }))
      .meta({ description: 'What of the description is not in it.' }),
  })
  .meta({ id: 'TableTemplate' });
