import { z } from 'zod';
import type { Tool } from '../tools/tool.ts';

/** The frame of all results. What is within is in the contract of the tools: here it would cost more than all else. */
const OUTPUT = { type: 'object', required: ['data'] };

/** A tool as it is listed. */
export interface ListedTool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: { readonly type: 'object'; readonly [key: string]: unknown };
  readonly outputSchema: typeof OUTPUT;
  readonly annotations: Readonly<Record<string, boolean>>;
}

/** A tool as clients see it, in as few words as will do: lists of tools are read by models again and again. */
export function presentTool({ name, description, input, annotations }: Tool): ListedTool {
  return {
    name,
    description,
    inputSchema: briefly(z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' })) as ListedTool['inputSchema'],
    outputSchema: OUTPUT,
    annotations: { ...annotations },
  };
}

/** Bounds that are only there against nonsense tell a model nothing; an error tells it when it meets them. */
const UNTOLD = new Set([
  '$schema',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'pattern',
  'propertyNames',
  'minimum',
]);

/** A most that nobody comes near. */
const BOUNDLESS = 1_000_000;

function briefly(schema: unknown): unknown {
  if (typeof schema !== 'object' || schema === null) return schema;
  if (Array.isArray(schema)) return schema.map(briefly);
  const kinds = kindsOf(schema);
  if (kinds !== undefined) return { type: kinds };
  const told = Object.entries(schema).filter(
    ([key, value]) =>
      !UNTOLD.has(key) &&
      // A list of texts says that they are texts.
      !(key === 'type' && 'enum' in schema) &&
      !(key === 'maximum' && Number(value) >= BOUNDLESS) &&
      !(key === 'additionalProperties' && isAnything(value)),
  );
  return Object.fromEntries(
    told.map(([key, value]) => [key, key === 'properties' ? eachBriefly(value as object) : briefly(value)]),
  );
}

/** Of a choice between plain kinds, those. */
function kindsOf({ anyOf }: { readonly anyOf?: unknown }): string[] | undefined {
  if (!Array.isArray(anyOf)) return undefined;
  const kinds = anyOf.map(({ type }: { readonly type?: unknown }) => type);
  const isPlain = (kind: unknown): kind is string => typeof kind === 'string' && kind !== 'object' && kind !== 'array';
  return kinds.every(isPlain) ? kinds : undefined;
}

/** Names of properties are no keywords. */
const eachBriefly = (properties: object): object =>
  Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, briefly(schema)]));

const isAnything = (schema: unknown): boolean =>
  typeof schema === 'object' && schema !== null && Object.keys(schema).length === 0;
