import { ConnectionError } from '../connection-error.ts';
import type { Value, ValueObject } from '../value.ts';

/** `JSON.rawJSON` and the source in a reviver (ECMA-262, JSON.parse source text access) are in Node 22. */
const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };
const parseWithSource = JSON.parse as (
  text: string,
  reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
) => unknown;

/** A value as JSON: integers with all their digits, bytes as base64. */
export const toJson = (value: Value): string => JSON.stringify(isPlain(value) ? value : forJson(value));

/** Whether JSON writes it as it is: most rows are, and need no copy. */
function isPlain(value: Value): boolean {
  if (typeof value === 'bigint') return false;
  if (value === null || typeof value !== 'object') return true;
  if (value instanceof Uint8Array) return false;
  // Without a list of the values: rows are looked at one by one.
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) if (!isPlain(value[i])) return false;
    return true;
  }
  for (const name in value) {
    const inner = (value as ValueObject)[name] as Value;
    if (typeof inner !== 'string' && !isPlain(inner)) return false;
  }
  return true;
}

function forJson(value: Value): unknown {
  if (typeof value === 'bigint') return rawJSON(String(value));
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(forJson);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, forJson(inner)]));
}

/**
 * JSON as values. Integers beyond 2^53 become bigint, and decimals that a float does not hold become text.
 * @throws ConnectionError protocol
 */
export function parseJson(text: string): Value {
  try {
    // Only numbers of many digits need a second look, which takes several times as long.
    return (/[\d.]{16}/.test(text) ? parseWithSource(text, exact) : JSON.parse(text)) as Value;
  } catch (error) {
    const isPage = /^\s*<(!doctype|html)/i.test(text.slice(0, 200));
    throw new ConnectionError('protocol', `the answer is ${isPage ? 'a web page' : 'not JSON'}`, {
      hint: isPage
        ? 'there may be a page to sign in in front of the system: check the URL and the kind of auth'
        : 'check the URL, and whether the system can answer in JSON',
      cause: error,
    });
  }
}

function exact(_key: string, value: unknown, { source }: { source?: string }): unknown {
  if (typeof value !== 'number' || source === undefined) return value;
  if (/^-?\d+$/.test(source)) return Number.isSafeInteger(value) ? value : BigInt(source);
  // A float that is written as it is keeps its digits.
  return digitsOf(source).length > 15 && digitsOf(source) !== digitsOf(String(value)) ? source : value;
}

const digitsOf = (number: string): string => number.replace(/e.*$/i, '').replace(/\D/g, '').replace(/^0+/, '');
