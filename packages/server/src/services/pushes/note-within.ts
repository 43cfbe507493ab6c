import type { Rows } from '@datamaker/connectors';
import type { PushPlan, PushState, WrittenWithin } from '../../store/push-receipt-table.ts';
import { joinKeys, keysOf, NO_KEYS } from './kept-keys.ts';
import { childrenOf, pathText } from './rows-within.ts';

/** What has to come back of rows that are written: keys that the system makes, and those of rows within. */
export function wantedBack({ identity, within = [] }: PushPlan): readonly string[] | undefined {
  if (within.length === 0) return identity?.by === 'system' ? identity.columns : undefined;
  return [...new Set([...(identity?.columns ?? []), ...within.flatMap(({ path }) => path.slice(0, 1))])];
}

/**
 * Counts rows that went in within others, and keeps the keys that the system has made for them.
 * @param written the outer ones, with the keys of those within as far as they are known
 */
export function noteWithin({ within = [] }: PushPlan, state: PushState, written: Rows): PushState {
  if (within.length === 0 || written.length === 0) return state;
  const noted: Record<string, WrittenWithin> = { ...state.within };
  for (const one of within) {
    const before = noted[pathText(one)] ?? { rows: 0, keys: NO_KEYS };
    const rows = written.flatMap((row) => childrenOf(row, one, within));
    const keys = one.identity?.by === 'system' ? joinKeys(before.keys, keysOf(rows, one.identity.columns)) : NO_KEYS;
    noted[pathText(one)] = { rows: before.rows + rows.length, keys };
  }
  return { ...state, within: noted };
}
