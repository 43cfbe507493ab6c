import { conflict, validationError } from '../../errors.ts';
import { SetStore, type StoredSet } from '../../store/sets.ts';
import type { Tenant } from '../../store/tenant.ts';
import { missing } from '../missing.ts';
import { readSet } from '../sets/set-rows.ts';

/** Rows of a set whose values are parameters. */
export interface SetOfParams {
  readonly name: string;
  readonly version?: number | undefined;
  /** Only this one, counted from 0. */
  readonly row?: number | undefined;
}

/** Runs that one request makes. */
export const MOST_ROWS = 1000;

/**
 * The rows of a set, each the parameters of a run.
 * @throws ApiError not_found, validation_error, conflict
 */
export async function paramsOfSet(
  tenant: Tenant,
  projectId: string,
  { name, version, row }: SetOfParams,
): Promise<{
  readonly set: StoredSet;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly first: number;
}> {
  const sets = new SetStore(tenant, projectId);
  const set = await sets.find(name, version);
  if (set === undefined) return missing('set', name);
  if (row !== undefined && row >= set.rows) {
    const message = `the set has ${set.rows} rows`;
    throw validationError([{ code: 'no_such_row', pointer: '/set/row', message, hint: 'the first one is 0' }]);
  }
  if (row === undefined && set.rows > MOST_ROWS) {
    const hint = 'name one of its rows, or use a smaller set';
    throw conflict('too_many_rows', `the set has ${set.rows} rows; at most ${MOST_ROWS} runs are made at once`, hint);
  }
  const range = row === undefined ? { from: 0, to: set.rows } : { from: row, to: row + 1 };
  const rows: Record<string, unknown>[] = [];
  await readSet(set, sets, range, async (lines) => {
    for (const line of Buffer.from(lines).toString().split('\n')) if (line !== '') rows.push(JSON.parse(line));
  });
  return { set, rows, first: range.from };
}
