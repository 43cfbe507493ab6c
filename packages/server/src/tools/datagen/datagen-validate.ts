import { z } from 'zod';
import { LOOKS } from '../annotations.ts';
import { defineTool } from '../tool.ts';
import { askDatagen, datagenAnswer } from './ask-datagen.ts';
import { count, locale, schemaFields, structuredErrors } from './datagen-arguments.ts';

export const datagenValidate = defineTool({
  name: 'datagen_validate',
  title: 'DataGen: validate',
  description: 'Whether datagen_generate would take it.',
  input: z.strictObject({ schema_fields: schemaFields, count, locale, structured_errors: structuredErrors }),
  output: datagenAnswer,
  annotations: LOOKS,
  risk: 'read',
  permission: 'read',
  readsForeignData: false,
  isOfDatagen: true,
  call: async ({ structured_errors: structured, ...body }, { api }) =>
    askDatagen(api, 'validate', { body, structured }),
});
