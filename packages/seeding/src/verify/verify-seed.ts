import type { Session } from '@datamaker/connectors';
import { TableRows } from '../apply/table-rows.ts';
import { KeyMaker } from '../keys/key-maker.ts';
import { type Receipt, writtenRows } from '../receipt/receipt.ts';
import { scanRows } from './scan-rows.ts';
import { uncomparedColumns } from './uncompared-columns.ts';

export interface TableCheck {
  readonly table: string;
  readonly expected: number;
  readonly found: number;
  readonly edited: number;
  /** Checksums of the keys that were written, and of those of them that are there. */
  readonly expectedKeys: string;
  readonly foundKeys: string;
}

export interface Verification {
  /** Whether all rows are there as they were written. */
  readonly ok: boolean;
  readonly tables: readonly TableCheck[];
  /** Tables whose rows cannot be told apart. */
  readonly unchecked: readonly string[];
  /** Columns, `public.order.route`, of which nobody knows whether they are as they were written. */
  readonly uncompared: readonly string[];
}

/** Reads back what a run has written: how many rows are there, which were changed since, and a checksum of their keys. */
export async function verifySeed(session: Session, receipt: Receipt, signal?: AbortSignal): Promise<Verification> {
  const { plan } = receipt;
  const keys = await KeyMaker.of(plan.tables, plan.seed);
  const tables: TableCheck[] = [];
  const unchecked: string[] = [];
  const uncompared: string[] = [];
  for (const planned of plan.tables) {
    const count = writtenRows(receipt, planned.id, 'first');
    if (count > 0 && planned.identity.length === 0) unchecked.push(planned.id);
    if (count === 0 || planned.identity.length === 0) continue;
    uncompared.push(...uncomparedColumns(planned));
    const table = await session.describe(planned.table);
    const made = await TableRows.of(plan, planned, keys);
    const filled = writtenRows(receipt, planned.id, 'final');
    const { expected, found, edited, expectedKeys, foundKeys } = await scanRows(session, table, made, count, filled, {
      signal,
    });
    tables.push({ table: planned.id, expected, found, edited: edited.size, expectedKeys, foundKeys });
  }
  const ok = tables.every(
    (one) => one.expectedKeys === one.foundKeys && one.edited === 0 && one.found === one.expected,
  );
  return { ok, tables, unchecked, uncompared };
}
