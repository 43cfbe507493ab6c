import { z } from 'zod';

const MAX_NAME = 512;

/** A name of a table or column, in whatever letters. */
export const tableNameText = z
  .string('a name must be a text')
  .min(1, 'a name must not be empty')
  .max(MAX_NAME, `a name has at most ${MAX_NAME} characters`)
  .meta({ example: 'order_line' });

export const schemaName = z
  .string('schema must be a text')
  .max(MAX_NAME, `schema has at most ${MAX_NAME} characters`)
  .meta({ description: 'Where the table is, when several schemas have one of that name.', example: 'public' });

const key = z.object({ name: z.string(), columns: z.array(z.string()) });

/** A table as a system describes it. */
export const tableSchema = z
  .object({
    schema: z.string(),
    name: z.string(),
    comment: z.string().nullable(),
    columns: z.array(
      z.object({
        name: z.string(),
        kind: z.string().meta({ description: 'What its values are, whatever the system calls them.' }),
        type: z.string().meta({ description: 'As the system writes it.' }),
        dimensions: z.int(),
        nullable: z.boolean(),
        maxLength: z.number().nullable(),
        isPadded: z.boolean(),
        precision: z.number().nullable(),
        scale: z.number().nullable(),
        values: z.array(z.string()).nullable().meta({ description: 'The only ones, of an enumeration.' }),
        default: z.string().nullable(),
        generated: z.enum(['always', 'by_default']).nullable(),
        isComputed: z.boolean().optional().meta({ description: 'Whether other columns of the row say what it is.' }),
        isCaseless: z
          .boolean()
          .optional()
          .meta({ description: 'Whether keys tell its texts apart neither by capitals nor by accents.' }),
        sample: z.string().optional().meta({ description: 'A value that goes into it, where its kind is `other`.' }),
        comment: z.string().nullable(),
        inside: z
          .object({ isList: z.boolean(), columns: z.array(z.record(z.string(), z.unknown())) })
          .optional()
          .meta({ description: 'Of documents: what was seen within, as columns like this one.' }),
      }),
    ),
    primaryKey: key.nullable(),
    uniqueKeys: z.array(key.extend({ nullsAreEqual: z.boolean(), condition: z.string().nullable() })),
    foreignKeys: z.array(
      key.extend({
        to: z.object({ schema: z.string(), name: z.string() }),
        toColumns: z.array(z.string()),
        isDeferrable: z.boolean(),
      }),
    ),
    checks: z.array(z.object({ name: z.string(), expression: z.string() })),
    rowEstimate: z.number().nullable(),
    isOpen: z
      .boolean()
      .optional()
      .meta({ description: 'Whether rows may have columns that are not described, as documents may.' }),
    nested: z
      .array(
        z.object({
          name: z.string(),
          table: z.object({ schema: z.string(), name: z.string() }),
          many: z.boolean(),
          link: z
            .array(z.object({ column: z.string(), parent: z.string() }))
            .optional()
            .meta({ description: 'Columns within that are equal to columns of the row that they are in.' }),
          contained: z
            .record(z.string(), z.unknown())
            .optional()
            .meta({ description: 'Of rows that are nowhere else: what they are, as a table like this one.' }),
        }),
      )
      .optional()
      .meta({ description: 'Rows of other tables that a row may bring with it, a list of them or one.' }),
    operation: z
      .object({
        method: z.enum(['POST', 'PUT', 'PATCH']),
        path: z.string(),
        rows: z.union([z.enum(['body', 'list']), z.object({ property: z.string() })]),
        parameters: z.array(z.string()),
        inBody: z.array(z.string()),
      })
      .optional()
      .meta({ description: 'Of REST: what is asked to put rows in, as the OpenAPI document has it.' }),
  })
  .meta({ id: 'Table' });
