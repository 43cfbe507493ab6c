import { z } from 'zod';
import { wholeNumber } from './set.ts';
import { schemaName, tableNameText } from './table.ts';

const names = z.preprocess(
  (value) => (typeof value === 'string' ? [value] : value),
  z.array(tableNameText, 'name columns').max(1000, 'at most 1000 columns'),
);

/** Which rows of a table somebody wants to see. */
export const rowsQuery = z.strictObject({
  table: tableNameText,
  schema: schemaName.optional(),
  column: names.optional().meta({ description: 'Which columns, once for each; default: all.' }),
  where: z.string('give where once').max(8000, 'where has at most 8000 characters').optional().meta({
    description: 'Conditions as JSON, all of which hold: `[{"column":"id","is":">=","value":10}]`.',
  }),
  filter: z
    .string('give filter once')
    .min(1, 'filter must not be empty')
    .max(4000, 'filter has at most 4000 characters')
    .optional()
    .meta({ description: 'In the language of the system: `$filter` of OData, the query of REST.' }),
  orderBy: names.optional().meta({ description: 'Columns by which they are in order, ascending.' }),
  top: wholeNumber('top', 1, 1000).default(100).meta({ description: 'Most rows.' }),
});

/** The rows. */
export const rowsAnswer = z
  .object({
    table: z.object({ schema: z.string(), name: z.string() }),
    columns: z.array(z.string()),
    rows: z.array(z.record(z.string(), z.unknown())),
    more: z.boolean().meta({ description: 'Whether there are more.' }),
  })
  .meta({ id: 'TableRows' });
