import { z } from 'zod';
import { ADDS } from '../annotations.ts';
import { defineTool } from '../tool.ts';
import { askDatagen, datagenAnswer } from './ask-datagen.ts';
import { count, locale, outputFormat, schemaFields, structuredErrors } from './datagen-arguments.ts';

export const datagenGenerate = defineTool({
  name: 'datagen_generate',
  title: 'DataGen: generate',
  description: 'Records of schema_fields [{name, type, locale?, constraints?, blankPercentage?}].',
  input: z.strictObject({
    schema_fields: schemaFields,
    count,
    locale,
    output_format: outputFormat,
    structured_errors: structuredErrors,
  }),
  output: datagenAnswer,
  annotations: ADDS,
  risk: 'generate',
  permission: 'generate',
  readsForeignData: true,
  isOfDatagen: true,
  call: async ({ structured_errors: structured, ...body }, { api }) =>
    askDatagen(api, 'generate', { body, structured }),
});
