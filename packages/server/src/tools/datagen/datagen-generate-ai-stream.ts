import { z } from 'zod';
import { ADDS } from '../annotations.ts';
import { defineTool } from '../tool.ts';
import { askDatagen } from './ask-datagen.ts';
import {
  count,
  domainHint,
  fieldNames,
  idempotencyKey,
  locale,
  outputFormat,
  structuredErrors,
} from './datagen-arguments.ts';

export const datagenGenerateAiStream = defineTool({
  name: 'datagen_generate_ai_stream',
  title: 'DataGen: generate, as events',
  description: 'As datagen_generate_ai; the events come back as text.',
  input: z.strictObject({
    field_names: fieldNames,
    count,
    locale,
    domain_hint: domainHint,
    output_format: outputFormat,
    idempotency_key: idempotencyKey,
    structured_errors: structuredErrors,
  }),
  output: z.looseObject({ text: z.string() }),
  annotations: ADDS,
  risk: 'generate',
  permission: 'generate',
  readsForeignData: true,
  isOfDatagen: true,
  call: async ({ structured_errors: structured, idempotency_key: key, ...body }, { api }) => {
    const answer = await askDatagen(api, 'generate-ai/stream', { body, structured, key });
    return { ...answer, text: String(answer['text']) };
  },
});
