import type { Table } from '@datamaker/connectors';
import type { TableKeys } from '../keys/key-rules.ts';
import type { Present } from './key-shape.ts';
import type { TablePlan } from './seed-plan.ts';

/** Columns of keys with a counter of their own, and the last number that is used of it. */
export function countersOf(table: Table, keys: TableKeys, rows: number, present: Present): TablePlan['counters'] {
  return keys.keys.flatMap(({ column, rule }) => {
    const isOwn = table.columns.some(({ name, generated }) => name === column && generated !== null);
    if (!isOwn || rule.kind !== 'number' || rule.scale !== 0 || rows === 0) return [];
    const last = BigInt(rule.start) + BigInt(rows - 1);
    const before = present.greatest.get(column) ?? 0n;
    return [{ column, last: String(last > before ? last : before) }];
  });
}
