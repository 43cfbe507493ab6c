import { failure, type Result, show, success } from './diagnostic.ts';
import { MAX_ROWS, MAX_SEED_LENGTH } from './limits.ts';

/** A number of rows: a whole number from 1 to MAX_ROWS; digits in a text will do. */
export function parseCount(value: unknown): Result<number> {
  const count = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value;
  if (Number.isSafeInteger(count) && (count as number) >= 1 && (count as number) <= MAX_ROWS)
    return success(count as number);
  return failure({
    code: 'invalid_count',
    pointer: '/count',
    message: `the count must be a whole number from 1 to ${MAX_ROWS}, not ${show(value)}`,
    hint: 'for instance 1000',
  });
}

/** A seed: text of at most MAX_SEED_LENGTH characters, or a whole number, which means its digits. */
export function parseSeed(value: unknown): Result<string> {
  if (Number.isSafeInteger(value)) return success(String(value));
  if (typeof value === 'string' && value.length > 0 && value.length <= MAX_SEED_LENGTH && value.isWellFormed())
    return success(value);
  const message =
    typeof value === 'string'
      ? value.length === 0
        ? 'the seed is empty'
        : value.length > MAX_SEED_LENGTH
          ? `the seed has ${value.length} characters, more than ${MAX_SEED_LENGTH}`
          : 'the seed is not valid Unicode'
      : `the seed must be a text or a whole number, not ${show(value)}`;
  return failure({ code: 'invalid_seed', pointer: '/seed', message, hint: 'any short text will do' });
}
