import { ConnectionError } from '../connection-error.ts';
import { jsonText } from '../sql/json-text.ts';
import type { Value } from '../value.ts';
import type { MssqlParameter } from './parameter.ts';

/** A parameter of somebody's own statement: what it is for is known to the server only. */
export function ownParameter(value: Value): MssqlParameter | null {
  if (value === null) return null;
  if (value instanceof Uint8Array) return { type: 'bytes', value };
  const text =
    typeof value === 'boolean' ? String(Number(value)) : typeof value === 'object' ? jsonText(value) : String(value);
  if (text.isWellFormed()) return { type: 'text', value: text };
  throw new ConnectionError('value', 'a parameter has half of a surrogate pair');
}
