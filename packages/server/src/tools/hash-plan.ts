import { createHash, randomBytes } from 'node:crypto';

/** A hash of what somebody looked at before it is done; the order of keys does not count. */
export const hashPlan = (plan: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(sorted(plan)))
    .digest('hex')
    .slice(0, 32);

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, sorted(inner)]);
}

/** A plan is done once, however often somebody asks for it; the same rows once more are another plan. */
export const newPlanId = (): string => randomBytes(6).toString('hex');

/** What a hash of a plan begins with. */
export const planIdOf = (hash: string): string => /^[0-9a-f]{12}(?=-)/.exec(hash)?.[0] ?? '';
