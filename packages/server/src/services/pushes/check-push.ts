import type { Rows } from '@datamaker/connectors';
import { hashOf, identityText } from '@datamaker/seeding/records';
import type { PushCheck, PushPlan, PushState, PushWithin } from '../../store/push-receipt-table.ts';
import { checkWithin } from './check-within.ts';
import { countKeys, rowsOfKeys } from './kept-keys.ts';
import { keyRows } from './present-keys.ts';
import type { PushRows } from './push-rows-of.ts';
import type { PushTarget } from './push-target.ts';

const MODULUS = 1n << 64n;
/** Rows that are missing and listed. */
const MOST_LISTED = 100;
const LOOKED = 1000;

/** Which of the rows are there. @param within where they went in within others; undefined: they are those of the push */
export type Look = (rows: Rows, within?: PushWithin) => Promise<readonly boolean[]>;

/**
 * Reads back what was written: each row is looked for by its key, and keys are summed up as hashes, of what was sent and of what is
 * there. Rows within them are looked for as well, where the system can be asked for them.
 * @param look asks the target, and sees to it that it answers in time
 * @throws ConnectionError, what `look` throws
 */
export async function checkPush(
  plan: PushPlan,
  rows: PushRows,
  state: PushState,
  target: PushTarget,
  look: Look,
): Promise<PushCheck> {
  const why = problemOf(plan, state, target);
  if (why !== undefined) return unchecked(state.written, why);
  const isGiven = plan.identity?.by === 'template';
  const check = await (isGiven ? byRows(plan, rows, state, target, look) : byKeys(plan, state, target, look));
  if ((plan.within ?? []).length === 0) return check;
  const within = await checkWithin(plan, rows, state, look);
  const isWhole = within.every(({ expected, found }) => found === null || found === expected);
  return { ...check, ok: check.ok === true && isWhole, within };
}

function problemOf(
  { identity }: PushPlan,
  { failures, failed, unknown, keys }: PushState,
  target: PushTarget,
): string | undefined {
  if (identity === null) return 'nothing tells the rows of the table apart';
  if (!target.canLook) return 'the system cannot be asked for rows by their keys';
  if (identity.by === 'system')
    return keys.isComplete ? undefined : 'the keys that the system made are too many to be kept';
  return failures.length < failed + unknown ? 'so many rows were refused that not all of them are listed' : undefined;
}

const unchecked = (expected: number, message: string): PushCheck => ({
  by: 'none',
  ok: null,
  expected,
  found: null,
  expected_keys: null,
  found_keys: null,
  missing: [],
  message,
  at: new Date().toISOString(),
});

async function byRows(
  plan: PushPlan,
  rows: PushRows,
  { position, failures }: PushState,
  target: PushTarget,
  look: Look,
): Promise<PushCheck> {
  const names = plan.identity?.columns ?? [];
  const columns = await target.keyColumns();
  const left = new Set(failures.map(({ row }) => row));
  const sums = new Sums();
  let number = plan.from;
  for (const some of rows.between(plan.from, position)) {
    const present = await look(some);
    for (const [i, key] of keyRows(some, names).entries()) {
      if (!left.has(number)) sums.add(identityText(columns, key), present[i] === true, number);
      number++;
    }
  }
  return sums.toCheck();
}

async function byKeys(plan: PushPlan, { keys }: PushState, target: PushTarget, look: Look): Promise<PushCheck> {
  const columns = await target.keyColumns();
  const sums = new Sums();
  for (const some of rowsOfKeys(keys, plan.identity?.columns ?? [], LOOKED)) {
    const present = await look(some);
    for (const [i, key] of some.entries()) sums.add(identityText(columns, key), present[i] === true, undefined);
  }
  if (sums.expected !== countKeys(keys)) throw new Error('keys were counted wrong');
  return sums.toCheck();
}

class Sums {
  expected = 0;
  #found = 0;
  #expectedKeys = 0n;
  #foundKeys = 0n;
  readonly #missing: number[] = [];

  add(text: string, isPresent: boolean, row: number | undefined): void {
    const hash = hashOf(text);
    this.expected++;
    this.#expectedKeys = (this.#expectedKeys + hash) % MODULUS;
    if (isPresent) {
      this.#found++;
      this.#foundKeys = (this.#foundKeys + hash) % MODULUS;
    } else if (row !== undefined && this.#missing.length < MOST_LISTED) this.#missing.push(row);
  }

  toCheck(): PushCheck {
    return {
      by: 'keys',
      ok: this.#found === this.expected && this.#foundKeys === this.#expectedKeys,
      expected: this.expected,
      found: this.#found,
      expected_keys: hex(this.#expectedKeys),
      found_keys: hex(this.#foundKeys),
      missing: this.#missing,
      message: null,
      at: new Date().toISOString(),
    };
  }
}

const hex = (sum: bigint): string => sum.toString(16).padStart(16, '0');
