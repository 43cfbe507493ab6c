import { z } from 'zod';
import type { ZodOpenApiContentObject, ZodOpenApiExamplesObject } from 'zod-openapi';

/** Examples by name, as they are in a file. */
export type Examples = Readonly<Record<string, unknown>>;

const toExamples = (examples: Examples): ZodOpenApiExamplesObject =>
  Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }]));

/** JSON of a schema, with examples. */
export const json = (schema: z.ZodType, examples: Examples): ZodOpenApiContentObject => ({
  'application/json': { schema, examples: toExamples(examples) },
});

/** Text of a media type, with examples. */
export const text = (
  mediaType: string,
  examples: Examples,
  schema: z.ZodType = z.string(),
): ZodOpenApiContentObject => ({
  [mediaType]: { schema, examples: toExamples(examples) },
});
