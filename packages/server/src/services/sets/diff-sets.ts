import { validationError } from '../../errors.ts';
import type { SetStore, StoredSet } from '../../store/sets.ts';
import { membersOf } from './json-rows.ts';
import { linesOfSet } from './set-rows.ts';

export const MAX_DIFF_ROWS = 200_000;
export const MAX_DIFF_BYTES = 64 * 1024 * 1024;

/** What became of the rows; rows are texts of JSON, at most `limit` of each kind. */
export interface SetDiff {
  readonly added: Kind<string>;
  readonly removed: Kind<string>;
  /** `at`: the value of the key as JSON, or the number of the row from 0. */
  readonly changed: Kind<{ readonly at: string; readonly before: string; readonly after: string }>;
  readonly unchanged: number;
}

interface Kind<T> {
  count: number;
  readonly rows: T[];
}

/**
 * Compares two versions, by the value of a column, or row by row.
 * @throws ApiError validation_error: too large; the key is missing in a row, or there twice
 */
export async function diffSets(
  from: StoredSet,
  to: StoredSet,
  sets: SetStore,
  key: string | undefined,
  limit: number,
): Promise<SetDiff> {
  for (const { rows, bytes, version } of [from, to]) {
    if (rows <= MAX_DIFF_ROWS && bytes <= MAX_DIFF_BYTES) continue;
    const message = `version ${version} has ${rows} rows and ${bytes} bytes; at most ${MAX_DIFF_ROWS} rows and ${MAX_DIFF_BYTES} bytes are compared`;
    throw validationError([
      { code: 'set_too_large', pointer: '', message, hint: 'load both as ndjson and compare them' },
    ]);
  }
  const before = await keyed(from, sets, key);
  const [added, removed, changed] = [
    kind<string>(),
    kind<string>(),
    kind<{ at: string; before: string; after: string }>(),
  ];
  let unchanged = 0;
  for (const [at, after] of await keyed(to, sets, key)) {
    const old = before.get(at);
    before.delete(at);
    if (old === undefined) note(added, after, limit);
    else if (old === after) unchanged++;
    else note(changed, { at, before: old, after }, limit);
  }
  for (const old of before.values()) note(removed, old, limit);
  return { added, removed, changed, unchanged };
}

const kind = <T>(): Kind<T> => ({ count: 0, rows: [] });

function note<T>(to: Kind<T>, row: T, limit: number): void {
  if (to.count++ < limit) to.rows.push(row);
}

/** The rows by what tells them apart. */
async function keyed(set: StoredSet, sets: SetStore, key: string | undefined): Promise<Map<string, string>> {
  const rows = new Map<string, string>();
  let index = 0;
  await linesOfSet(set, sets, (line) => {
    const at = key === undefined ? String(index) : membersOf(line).get(key);
    const place = `row ${index} of version ${set.version}`;
    if (at === undefined) throw badKey('missing_key', `${place} has no ${JSON.stringify(key)}`);
    if (rows.has(at)) throw badKey('duplicate_key', `${place} has the same ${JSON.stringify(key)} as one before it`);
    rows.set(at, line);
    index++;
  });
  return rows;
}

const badKey = (code: string, message: string): Error =>
  validationError([
    { code, pointer: '/key', message, hint: 'name a column that each row has, with a value of its own' },
  ]);
