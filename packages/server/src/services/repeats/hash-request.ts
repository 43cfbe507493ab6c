import { createHmac } from 'node:crypto';

/**
 * What tells a request from another under the same key: path, query and body, whatever the order of keys in objects. Keyed, since a body
 * may hold a password, which a plain hash would give away to whoever guesses.
 */
export const hashRequest = (secret: string, parts: readonly unknown[]): Buffer =>
  createHmac('sha256', secret)
    .update(`request\0${JSON.stringify(parts, sorted)}`)
    .digest();

const sorted = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value;
