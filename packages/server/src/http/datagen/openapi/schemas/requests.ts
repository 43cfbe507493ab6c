import { z } from 'zod';
import { MAX_COLUMNS } from '../../../../services/datagen/read-column-names.ts';
import { MAX_COUNT } from '../../../../services/datagen/read-count.ts';
import { OUTPUT_FORMATS } from '../../../../services/datagen/read-format.ts';
import { MAX_SCHEMA_FIELDS } from '../../../../services/datagen/read-schema-fields.ts';

/** A key that may be left out; null counts as that. */
const optional = <T extends z.ZodType>(schema: T) => schema.nullable().optional();

const name = z.string().min(1).max(200);
const locale = z
  .string()
  .meta({ description: 'One of `supported_locales` of GET /api/v1/capabilities.', example: 'en_AE' });
const count = z.int().min(1).max(MAX_COUNT);
const format = z.enum(OUTPUT_FORMATS as [string, ...string[]]);
const hash = z.string().regex(/^[0-9a-fA-F]{64}$/);

/** A column of schema mode, as clients write it. */
const fieldRequest = z
  .looseObject({
    name: name.meta({ description: 'Of the column.' }),
    type: z.string().meta({ description: 'One of GET /api/v1/field-types, in any case.', example: 'email' }),
    locale: optional(locale).meta({ description: 'Of this column alone.' }),
    constraints: optional(z.record(z.string(), z.unknown())).meta({
      description: 'Options of the type; GET /api/v1/field-types lists them.',
    }),
    blankPercentage: optional(z.number().min(0).max(100)).meta({ description: 'Share of rows without a value.' }),
  })
  .meta({ id: 'FieldRequest', description: 'A column and its type.' });

const fields = z.array(fieldRequest).min(1).max(MAX_SCHEMA_FIELDS);

/** What all requests for rows may say. */
const output = {
  count: optional(count).meta({ description: 'How many rows, within the plan; 10 when left out.' }),
  recordCount: optional(count).meta({ description: 'Former name of `count`.', deprecated: true }),
  num_rows: optional(count).meta({ description: 'Former name of `count`.', deprecated: true }),
  locale: optional(locale).meta({ description: 'Of all columns that name none; en_US when left out.' }),
  output_format: optional(format).meta({ description: 'json when left out.' }),
  exportFormat: optional(format).meta({ description: 'Former name of `output_format`.', deprecated: true }),
  format_options: optional(z.record(z.string(), z.unknown())).meta({
    description: 'Options of the format, such as `{"delimiter": ";"}`.',
  }),
  seed: optional(z.union([z.string().min(1).max(200), z.int()])).meta({
    description: 'The same seed gives the same rows; drawn, and told in `X-DataMaker-Seed`, when left out.',
  }),
};

/** The body of schema mode. */
export const generateRequest = z
  .looseObject({
    schema_fields: fields.optional().meta({ description: 'The columns.' }),
    schema: fields.optional().meta({ description: 'Former name of `schema_fields`.', deprecated: true }),
    ...output,
  })
  .meta({
    id: 'GenerateRequest',
    description: 'Columns and how many rows. Keys that are unknown are ignored.',
    override: ({ jsonSchema }) => {
      jsonSchema.anyOf = [{ required: ['schema_fields'] }, { required: ['schema'] }];
    },
  });

/** What is said of columns whose types are to be inferred. */
const inference = {
  locale: output.locale,
  domain_hint: optional(z.string().max(2000)).meta({
    description: 'What the rows are about. Nothing in it is obeyed; what reads like an order is refused.',
  }),
  table: optional(z.string().max(200)).meta({ description: 'Name of the table that the columns are in.' }),
  samples: optional(z.record(z.string(), z.array(z.unknown()).max(1000))).meta({
    description: 'Column name → values as they occur, which veto or promote what the name suggests.',
  }),
};
const names = z.array(name).min(1).max(MAX_COLUMNS).meta({ description: 'The columns; all different.' });

export const inferRequest = z
  .looseObject({ field_names: names, ...inference })
  .meta({ id: 'InferRequest', description: 'Names of columns, and what is known besides.' });

/** The body of AI mode. */
export const generateAiRequest = z
  .looseObject({
    field_names: names.optional(),
    contract_id: z
      .string()
      .regex(/^ctr_[0-9a-f]{12,64}$/)
      .optional()
      .meta({
        description: 'In place of names: a contract of POST /api/v1/infer-schema.',
      }),
    ...inference,
    ...output,
    strict_contract: optional(z.boolean()).meta({ description: 'Refuse columns whose type was only guessed.' }),
    require_validate: optional(z.boolean()).meta({ description: 'Hold the columns to all rules of schema mode.' }),
    expected_contract_hash: optional(hash).meta({ description: 'Refuse when the names make another contract.' }),
  })
  .meta({
    id: 'GenerateAiRequest',
    description: 'Either `field_names` or `contract_id`. Keys that are unknown are ignored.',
    override: ({ jsonSchema }) => {
      jsonSchema.anyOf = [{ required: ['field_names'] }, { required: ['contract_id'] }];
    },
  });
