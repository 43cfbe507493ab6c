import { type BodyReader, show } from './body-reader.ts';
import type { TierName } from './tiers.ts';

export const DEFAULT_COUNT = 10;
/** The most rows that the door takes in one call, whatever the plan. */
export const MAX_COUNT = 100_000;
const ALIASES = ['recordCount', 'num_rows'];

/** How many rows are asked for, within what the plan allows. Digits in a text will do. */
export function readCount(reader: BodyReader, max: number, tier: TierName): number {
  const given = reader.take('count', ...ALIASES);
  if (given === undefined) return DEFAULT_COUNT;
  const count = typeof given === 'string' && /^\d{1,15}$/.test(given) ? Number(given) : given;
  if (!Number.isSafeInteger(count) || (count as number) < 1) {
    const message = `count must be a whole number from 1 to ${max}, not ${show(given)}`;
    const near = typeof count === 'number' && count > 1 ? Math.min(max, Math.floor(count)) : DEFAULT_COUNT;
    reader.report('count', 'invalid_count', message, 'for instance 10', near, reader.fix('count', near, ...ALIASES));
    return DEFAULT_COUNT;
  }
  if ((count as number) > max) {
    const message = `count is ${count}, more than the ${max} records that a call on the plan "${tier}" may ask for`;
    const upgrade_required = max < MAX_COUNT;
    const hint = `ask for at most ${max} at a time${upgrade_required ? ', or use a key of a larger plan' : ''}`;
    const fix = reader.fix('count', max, ...ALIASES);
    reader.report('count', 'count_above_plan', message, hint, max, { ...fix, upgrade_required });
    return DEFAULT_COUNT;
  }
  return count as number;
}
