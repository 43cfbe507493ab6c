import { createHash } from 'node:crypto';

/** A column as contracts know it: what is hashed of it, and nothing else. */
export interface ContractField {
  readonly name: string;
  readonly type: string;
  readonly locale?: string;
  readonly constraints?: Readonly<Record<string, unknown>>;
  /** Percent of rows in which the value is null. */
  readonly blankPercentage?: number;
}

/**
 * SHA-256, in hex, of what the columns are, whatever their order: compact JSON with sorted keys of
 * `{name, type, locale, constraints, blankPercentage}` of each (null where there is none), sorted by name, then type.
 */
export function contractHash(fields: readonly ContractField[]): string {
  const reduced = fields
    .map(({ name, type, locale, constraints, blankPercentage }) => ({
      blankPercentage: blankPercentage === undefined || blankPercentage === 0 ? null : blankPercentage,
      constraints: constraints === undefined || Object.keys(constraints).length === 0 ? null : sorted(constraints),
      locale: locale ?? null,
      name,
      type,
    }))
    .toSorted((a, b) => compare(a.name, b.name) || compare(a.type, b.type));
  return createHash('sha256').update(JSON.stringify(reduced)).digest('hex');
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The same value with the keys of all objects in it in order of their code units. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  // Not an object literal: `__proto__` may be a key.
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => compare(a, b))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

/** The id of a contract: enough of its hash to be unlikely to meet another's. */
export const contractId = (hash: string, digits = 12): string => `ctr_${hash.slice(0, digits)}`;

export const isContractId = (text: string): boolean => /^ctr_[0-9a-f]{12,64}$/.test(text);
