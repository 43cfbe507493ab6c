import { z } from 'zod';
import { tableNameText } from './table.ts';

const MAX_FIELDS = 2000;

/** Which fields go into which columns. */
export const columnMapping = z
  .record(z.string(), tableNameText.nullable(), 'mapping must be an object')
  .refine((mapping) => Object.keys(mapping).length <= MAX_FIELDS, `a mapping has at most ${MAX_FIELDS} fields`)
  .meta({
    description: 'The column of each field; null: the field is left out.',
    example: { customerId: 'customer_id', note: null },
  });

export const mappingSchema = z
  .object({
    templateId: z.string(),
    connectionId: z.string(),
    table: z.object({ schema: z.string(), name: z.string() }),
    saved: z.boolean().meta({ description: 'false: it is suggested by names.' }),
    columns: z.record(z.string(), z.string().nullable()),
    skipped: z
      .array(z.object({ column: z.string(), reason: z.enum(['generated', 'default', 'null', 'required']) }))
      .meta({ description: 'Columns that no field goes into, and what becomes of them.' }),
    problems: z
      .array(z.object({ code: z.string(), pointer: z.string(), message: z.string(), hint: z.string().optional() }))
      .meta({ description: 'Why rows would not go in.' }),
  })
  .meta({ id: 'ColumnMapping' });
