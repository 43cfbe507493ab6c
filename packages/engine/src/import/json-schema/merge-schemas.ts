import { isObject, type JsonObject } from '../parse-json.ts';

/** A schema with where it stands. */
export interface Part {
  readonly schema: JsonObject;
  readonly pointer: string;
}

/** Keywords of `allOf` members laid over each other, each with the pointer of the schema it comes from. */
export interface Merged {
  readonly keywords: ReadonlyMap<string, { readonly value: unknown; readonly pointer: string }>;
  readonly properties: ReadonlyMap<string, readonly { readonly value: unknown; readonly pointer: string }[]>;
  readonly required: ReadonlySet<string>;
  /** Keywords that were given twice with different values. */
  readonly conflicts: readonly { readonly key: string; readonly pointer: string }[];
}

/** Bounds that are given twice: the narrower one holds. */
const NARROWER: Readonly<Record<string, (a: number, b: number) => number>> = {
  minimum: Math.max,
  exclusiveMinimum: Math.max,
  minLength: Math.max,
  minItems: Math.max,
  maximum: Math.min,
  exclusiveMaximum: Math.min,
  maxLength: Math.min,
  maxItems: Math.min,
};

/** Lays schemas that hold at once over each other: properties and required ones add up, bounds narrow, of the rest the first counts. */
export function mergeSchemas(parts: readonly Part[]): Merged {
  const keywords = new Map<string, { value: unknown; pointer: string }>();
  const properties = new Map<string, { value: unknown; pointer: string }[]>();
  const required = new Set<string>();
  const conflicts: { key: string; pointer: string }[] = [];
  for (const { schema, pointer } of parts) {
    for (const [key, value] of Object.entries(schema)) {
      if (key === 'allOf' || key === '$ref') continue;
      if (key === 'properties' && isObject(value)) {
        for (const [name, property] of Object.entries(value)) {
          const at = `${pointer}/properties/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
          const known = properties.get(name);
          if (known === undefined) properties.set(name, [{ value: property, pointer: at }]);
          else known.push({ value: property, pointer: at });
        }
      } else if (key === 'required' && Array.isArray(value)) {
        for (const name of value) if (typeof name === 'string') required.add(name);
      } else {
        const known = keywords.get(key);
        const narrow = NARROWER[key];
        if (known === undefined) keywords.set(key, { value, pointer });
        else if (narrow !== undefined && typeof known.value === 'number' && typeof value === 'number')
          keywords.set(key, { value: narrow(known.value, value), pointer });
        else if (key === 'enum' && Array.isArray(known.value) && Array.isArray(value)) {
          const allowed = new Set(value.map((item) => JSON.stringify(item)));
          keywords.set(key, { value: known.value.filter((item) => allowed.has(JSON.stringify(item))), pointer });
        } else if (JSON.stringify(known.value) !== JSON.stringify(value)) conflicts.push({ key, pointer });
      }
    }
  }
  return { keywords, properties, required, conflicts };
}
