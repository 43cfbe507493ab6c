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
    notices: z.array(z.object({ subject: z.string(), message: z.string() })),
    readAt: z.iso.datetime(),
  })
  .meta({ id: 'Metadata', description: 'What a system says of its tables.' });
