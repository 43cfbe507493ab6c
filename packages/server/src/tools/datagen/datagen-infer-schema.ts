import { z } from 'zod';
import { LOOKS } from '../annotations.ts';
import { defineTool } from '../tool.ts';
import { askDatagen, datagenAnswer } from './ask-datagen.ts';
import { domainHint, fieldNames, locale } from './datagen-arguments.ts';

export const datagenInferSchema = defineTool({
  name: 'datagen_infer_schema',
  title: 'DataGen: infer a schema',
  description: 'schema_fields for names of columns, with a contract_hash.',
  input: z.strictObject({ field_names: fieldNames, locale, domain_hint: domainHint }),
  output: datagenAnswer,
  annotations: LOOKS,
  risk: 'read',
  permission: 'read',
  readsForeignData: false,
  isOfDatagen: true,
  call: async (body, { api }) => askDatagen(api, 'infer-schema', { body }),
});
