import type { Check, SchemaNotice } from '../schema/schema.ts';
import { fieldOf } from './see-value.ts';
import type { BsonType, Shape } from './shape.ts';

/** As far as it is read; `$jsonSchema` of MongoDB is a part of draft 4, with `bsonType` besides. */
interface JsonSchema {
  readonly bsonType?: string | readonly string[];
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema | readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly maxLength?: number;
  readonly description?: string;
  readonly [keyword: string]: unknown;
}

/** What a validator says of one field. */
export interface FieldRules {
  readonly isRequired: boolean;
  readonly maxLength: number | null;
  readonly values: readonly string[] | null;
  readonly comment: string | null;
}

export interface Rules {
  readonly fields: ReadonlyMap<string, FieldRules>;
  /** Whether fields that it does not name are refused. */
  readonly isClosed: boolean;
  readonly checks: readonly Check[];
  /** What it demands besides, by name. */
  readonly notices: readonly SchemaNotice[];
}

export const NO_RULES: Rules = { fields: new Map(), isClosed: false, checks: [], notices: [] };

const TYPES: Readonly<Record<string, readonly BsonType[]>> = {
  boolean: ['bool'],
  integer: ['int'],
  number: ['double'],
  dbPointer: ['other'],
  symbol: ['string'],
  minKey: ['other'],
  maxKey: ['other'],
  undefined: ['null'],
};
const OWN_TYPES =
  'objectId string int long double decimal bool date binData object array null timestamp regex javascript';
const PLAIN = new Set([
  ...['bsonType', 'type', 'title', 'description', 'enum', 'maxLength', 'required', 'properties'],
  ...['additionalProperties', 'items', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'minLength'],
]);

/**
 * Reads a validator, and adds the types that it demands to what is known of the documents.
 * @param collection its name, for notices
 */
export function readValidator(validator: unknown, shape: Shape, collection: string): Rules {
  if (typeof validator !== 'object' || validator === null) return NO_RULES;
  const { $jsonSchema: schema, ...others } = validator as Record<string, unknown>;
  const notices: SchemaNotice[] = [];
  if (Object.keys(others).length > 0) {
    notices.push({ subject: collection, message: 'its validator has rules that are not of $jsonSchema' });
  }
  if (typeof schema !== 'object' || schema === null) return { ...NO_RULES, notices };
  return { ...rulesOf(schema as JsonSchema, shape, collection, notices), notices };
}

function rulesOf(
  schema: JsonSchema,
  shape: Shape,
  collection: string,
  notices: SchemaNotice[],
): Omit<Rules, 'notices'> {
  const fields = new Map<string, FieldRules>();
  const checks: Check[] = [];
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    demand(field, fieldOf(shape, name));
    checks.push(...checksOf(name, field));
    const strange = Object.keys(field).filter((keyword) => !PLAIN.has(keyword));
    if (strange.length > 0) {
      notices.push({
        subject: `${collection}.${name}`,
        message: `its validator demands ${strange.join(', ')} as well`,
      });
    }
  }
  const names = new Set([...Object.keys(schema.properties ?? {}), ...(schema.required ?? [])]);
  for (const name of names) {
    const field = schema.properties?.[name] ?? {};
    const values = field.enum?.filter((value) => typeof value === 'string') ?? [];
    const mayBeNull = typesOf(field).includes('null');
    fields.set(name, {
      isRequired: (schema.required ?? []).includes(name) && !mayBeNull,
      maxLength: typeof field.maxLength === 'number' ? field.maxLength : null,
      values: values.length > 0 && values.length === field.enum?.length ? (values as string[]) : null,
      comment: typeof field.description === 'string' ? field.description : null,
    });
  }
  return { fields, isClosed: schema.additionalProperties === false, checks };
}

/** What must be counts for more than what was seen. */
function demand(schema: JsonSchema, shape: Shape): void {
  const types = typesOf(schema);
  if (types.length > 0) {
    shape.types.clear();
    for (const type of types) shape.types.add(type);
  }
  for (const [name, inner] of Object.entries(schema.properties ?? {})) demand(inner, fieldOf(shape, name));
  const { items } = schema;
  if (items === undefined || Array.isArray(items)) return;
  shape.items ??= { types: new Set(), fields: new Map(), items: undefined };
  demand(items as JsonSchema, shape.items);
}

function typesOf({ bsonType, type }: JsonSchema): BsonType[] {
  return [bsonType ?? type ?? []].flat().flatMap((name) => {
    if (Object.hasOwn(TYPES, name)) return TYPES[name] ?? [];
    return OWN_TYPES.split(' ').includes(name) ? [name as BsonType] : [];
  });
}

/** Bounds, in the words of SQL, which those of other systems are in as well. */
function checksOf(name: string, field: JsonSchema): Check[] {
  const quoted = `"${name.replaceAll('"', '""')}"`;
  const bounds = [
    bound(quoted, field.exclusiveMinimum === true ? '>' : '>=', field.minimum),
    bound(quoted, field.exclusiveMaximum === true ? '<' : '<=', field.maximum),
    bound(`char_length(${quoted})`, '>=', field.minLength),
  ].flat();
  return bounds.length === 0 ? [] : [{ name: `validator of ${name}`, expression: bounds.join(' AND ') }];
}

const bound = (what: string, operator: string, limit: unknown): string[] =>
  typeof limit === 'number' || typeof limit === 'bigint' ? [`${what} ${operator} ${limit}`] : [];
