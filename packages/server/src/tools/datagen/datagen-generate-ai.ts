import { z } from 'zod';
import { ADDS } from '../annotations.ts';
import { defineTool } from '../tool.ts';
import { askDatagen, datagenAnswer } from './ask-datagen.ts';
import {
  contract,
  count,
  domainHint,
  fieldNames,
  idempotencyKey,
  locale,
  outputFormat,
  structuredErrors,
} from './datagen-arguments.ts';

export const datagenGenerateAi = defineTool({
  name: 'datagen_generate_ai',
  title: 'DataGen: generate by names',
  description: 'Infers types from names of columns and makes records.',
  input: z.strictObject({
    field_names: fieldNames,
    count,
    locale,
    domain_hint: domainHint,
    output_format: outputFormat,
    idempotency_key: idempotencyKey,
    structured_errors: structuredErrors,
    ...contract,
  }),
  output: datagenAnswer,
  annotations: ADDS,
  risk: 'generate',
  permission: 'generate',
  readsForeignData: true,
  isOfDatagen: true,
  call: async ({ structured_errors: structured, idempotency_key: key, ...body }, { api }) =>
    askDatagen(api, 'generate-ai', { body, structured, key }),
});
