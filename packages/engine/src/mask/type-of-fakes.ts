import { findType } from '../types/registry.ts';
import { type detectByName, detectByValue, TYPES_OF } from './detect.ts';

/** The first type of the catalogue that makes fakes of a kind. */
export const typeFor = (kind: ReturnType<typeof detectByName>): string | undefined =>
  kind === undefined ? undefined : TYPES_OF[kind].map((name) => findType(name)?.key).find((key) => key !== undefined);

/** The type that makes fakes of what a value looks like. */
export function typeForValue(value: unknown): string | undefined {
  const found = typeFor(detectByValue(value));
  if (found !== undefined) return found;
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value !== 'string') return undefined;
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)) return 'uuid';
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return 'date';
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(value) ? 'datetime' : undefined;
}
