import type { Merged } from './merge-schemas.ts';

/** A keyword whose value is a number of things, where it is one. */
export function countKeyword<K extends 'minItems' | 'maxItems' | 'minLength' | 'maxLength'>(
  key: K,
  { keywords }: Merged,
): Partial<Record<K, number>> {
  const value = keywords.get(key)?.value;
  return Number.isSafeInteger(value) && (value as number) >= 0 ? ({ [key]: value } as Record<K, number>) : {};
}
