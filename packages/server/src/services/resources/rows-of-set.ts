import type { SetStore, StoredSet } from '../../store/sets.ts';
import { linesOfSet } from '../sets/set-rows.ts';
import { losesDigits, type Rows, tooPrecise } from './exact-rows.ts';

/** The rows of a set, as values. */
export async function rowsOfSet(set: StoredSet, sets: SetStore): Promise<Rows> {
  const rows: unknown[] = [];
  let imprecise: number | undefined;
  await linesOfSet(set, sets, (line) => {
    rows.push(JSON.parse(line));
    if (losesDigits(line)) imprecise ??= rows.length;
  });
  return imprecise === undefined ? { rows } : tooPrecise(imprecise);
}
