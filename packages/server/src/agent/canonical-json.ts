import { createHash } from 'node:crypto';

/** A value as JSON whose names are in order, so that what is the same is written the same. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((one) => canonicalJson(one ?? null)).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
  const pairs = Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, one]) => `${JSON.stringify(name)}:${canonicalJson(one)}`);
  return `{${pairs.join(',')}}`;
}

/** What an approval of a call is bound to. @param text of `canonicalJson` */
export const hashOfCall = (tool: string, text: string): Buffer =>
  createHash('sha256').update(tool).update('\0').update(text).digest();
