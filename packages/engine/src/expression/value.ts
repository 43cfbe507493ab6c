/** What an expression computes with: JSON, and numbers always finite. Lists and objects are only read. */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value };
export type ValueObject = { readonly [key: string]: Value };
export type ValueType = 'null' | 'boolean' | 'number' | 'string' | 'list' | 'object';

export function typeOf(value: Value): ValueType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  return typeof value as 'boolean' | 'number' | 'string' | 'object';
}

export const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

/**
 * Lets a value of the host in. undefined and numbers that are not finite become null; undefined also stands for "refused"
 * in the answer: functions, symbols, big integers and instances of classes are not JSON and never enter an expression.
 */
export function toValue(raw: unknown): Value | undefined {
  switch (typeof raw) {
    case 'number':
      return Number.isFinite(raw) ? raw : null;
    case 'string':
    case 'boolean':
      return raw;
    case 'undefined':
      return null;
    case 'object': {
      if (raw === null || Array.isArray(raw)) return raw;
      const prototype = Object.getPrototypeOf(raw);
      return prototype === null || Object.getPrototypeOf(prototype) === null ? (raw as ValueObject) : undefined;
    }
    default:
      return undefined;
  }
}

/** The text of a value that has one: null is empty, lists and objects have none. */
export function toText(value: Value): string | undefined {
  if (typeof value === 'string') return value;
  if (value === null) return '';
  return typeof value === 'object' ? undefined : String(value);
}
