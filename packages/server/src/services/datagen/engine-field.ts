import { isObject } from './body-reader.ts';
import type { ContractField } from './contract.ts';
import { findNamedType } from './type-names.ts';

/** A field as the engine's templates write it. */
export interface EngineField {
  readonly name: string;
  readonly type: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** A column of a contract as a field of a template. Its locale and blanks yield to those among its constraints. */
export function toEngineField({ name, type, locale, constraints = {}, blankPercentage }: ContractField): EngineField {
  const has = (option: RegExp): boolean => Object.keys(constraints).some((key) => option.test(key));
  return {
    name,
    type: keyOf(type),
    options: {
      ...(translated(constraints) as Record<string, unknown>),
      ...(locale === undefined || has(/^locale$/i) ? {} : { locale }),
      ...(blankPercentage === undefined || has(/^(null|blank)_?percentage$/i)
        ? {}
        : { null_percentage: blankPercentage }),
    },
  };
}

/** What the engine calls a type; what it does not know is left to it to refuse. */
const keyOf = (type: string): string => findNamedType(type)?.info.key ?? type;

const NESTING = ['fields', 'of', 'cases', 'default', 'item'];

/** Constraints with the fields inside them as the engine writes them. */
function translated(constraints: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(constraints).map(([key, value]) => [key, NESTING.includes(key) ? inner(value) : value]),
  );
}

/** A field, a list of fields, or fields by key; anything else as it is. */
function inner(value: unknown, depth = 0): unknown {
  if (depth > 32) return value;
  if (Array.isArray(value)) return value.map((item) => inner(item, depth + 1));
  if (!isObject(value)) return value;
  if (typeof value['type'] !== 'string') {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inner(item, depth + 1)]));
  }
  const { type, constraints, blankPercentage, options = constraints, ...rest } = value;
  return {
    ...rest,
    type: keyOf(type),
    ...(blankPercentage === undefined ? {} : { blankPercentage }),
    ...(isObject(options) ? { options: translated(options) } : options === undefined ? {} : { options }),
  };
}
