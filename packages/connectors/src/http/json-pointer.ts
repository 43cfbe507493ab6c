import { ConnectionError } from '../connection-error.ts';
import type { Value } from '../value.ts';

/** Whether a text is a JSON pointer (RFC 6901). */
export const isJsonPointer = (text: string): boolean => /^(\/([^~/]|~[01])*)*$/.test(text);

/**
 * What a JSON pointer points at.
 * @returns undefined: there is nothing
 */
export function at(value: Value | undefined, pointer: string): Value | undefined {
  if (!isJsonPointer(pointer)) throw new ConnectionError('invalid_config', 'a JSON pointer has the form /data/items');
  let found = value;
  for (const part of pointer.split('/').slice(1)) {
    if (found === null || typeof found !== 'object' || found instanceof Uint8Array) return undefined;
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(found)) found = /^(0|[1-9]\d*)$/.test(key) ? found[Number(key)] : undefined;
    else found = Object.hasOwn(found, key) ? (found as Record<string, Value>)[key] : undefined;
  }
  return found;
}
