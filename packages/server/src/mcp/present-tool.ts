import { z } from 'zod';
import type { Tool } from '../tools/tool.ts';

/** A tool as it is listed. */
export interface ListedTool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: { readonly type: 'object'; readonly [key: string]: unknown };
  readonly outputSchema: { readonly type: 'object'; readonly [key: string]: unknown };
  readonly annotations: Readonly<Record<string, boolean>>;
}

/** A tool as clients see it, in as few words as will do: lists of tools are read by models again and again. */
export function presentTool({ name, title, description, input, output, annotations }: Tool): ListedTool {
  return {
    name,
    title,
    description,
    inputSchema: briefly(z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' })) as ListedTool['inputSchema'],
    outputSchema: outputOf(output),
    annotations: { ...annotations },
  };
}

/** The frame of all results, with the names of what is in it: what they hold is in the documentation. */
function outputOf(output: z.ZodObject): ListedTool['outputSchema'] {
  const { properties = {} } = z.toJSONSchema(output, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  };
  const kinds = Object.entries(properties).map(([key, { type }]) => [key, type === undefined ? {} : { type }]);
  return {
    type: 'object',
    properties: { data: { type: 'object', properties: Object.fromEntries(kinds) } },
    required: ['data'],
  };
}

/** Bounds that are only there against nonsense tell a model nothing; an error tells it when it meets them. */
const UNTOLD = new Set(['$schema', 'minLength', 'maxLength', 'minItems', 'maxItems', 'propertyNames']);

function briefly(schema: unknown): unknown {
  if (typeof schema !== 'object' || schema === null) return schema;
  if (Array.isArray(schema)) return schema.map(briefly);
  const told = Object.entries(schema).filter(
    ([key, value]) => !UNTOLD.has(key) && !(key === 'additionalProperties' && isAnything(value)),
  );
  return Object.fromEntries(
    told.map(([key, value]) => [key, key === 'properties' ? eachBriefly(value as object) : briefly(value)]),
  );
}

/** Names of properties are no keywords. */
const eachBriefly = (properties: object): object =>
  Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, briefly(schema)]));

const isAnything = (schema: unknown): boolean =>
  typeof schema === 'object' && schema !== null && Object.keys(schema).length === 0;
