import type { Row, Value } from '@datamaker/connectors';

/** A value as JSON has it: integers beyond 2^53 as text, bytes in base64. */
export function plainJson(value: Value): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(plainJson);
  return plainRow(value as Row);
}

export const plainRow = (row: Row): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plainJson(value)]));
