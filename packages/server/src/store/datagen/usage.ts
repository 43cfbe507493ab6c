import { sql } from 'kysely';
import type { Store } from '../open-store.ts';
import { PREPARED } from '../prepared.ts';
import { ownedBy } from './owner.ts';

/** What a key is to be debited with. */
export interface Debit {
  readonly keyId: string;
  readonly calls: number;
  readonly records: number;
  /** Calls that the key has a day; -1: any number. */
  readonly maxCalls: number;
}

/** What a key has used on a day. */
export interface Usage {
  readonly keyId: string;
  readonly calls: number;
  readonly records: number;
}

/** Days are those of UTC, by the clock of the database: servers may differ. */
const TODAY = sql`(now() AT TIME ZONE 'UTC')::date`;

/**
 * Debits keys, each at most once in the list, in one statement; what a key has left is judged in the same step, so that any
 * number of servers together never grant more than there is.
 * @returns the usage after it of those that had enough left, by key
 */
export async function debitUsage(store: Store, debits: readonly Debit[]): Promise<ReadonlyMap<string, Usage>> {
  const { rows } = await sql<{ key_id: string; calls: number; records: string }>`
    ${PREPARED} WITH asked AS (
      -- Names the owners as owner.ts does, before the rule of rows looks at what is inserted: a transaction of several
      -- statements would cost the door more than all else that it asks of the database.
      SELECT *, set_config('datamaker.owner', ${debits.map(({ keyId }) => keyId).join(',')}, true) FROM unnest(
        ${debits.map(({ keyId }) => keyId)}::text[], ${debits.map(({ calls }) => calls)}::integer[],
        ${debits.map(({ records }) => records)}::bigint[], ${debits.map(({ maxCalls }) => maxCalls)}::integer[]
      ) AS asked (key_id, calls, records, max_calls)
    )
    INSERT INTO datagen_usage AS used (key_id, day, calls, records)
    SELECT key_id, ${TODAY}, calls, records FROM asked WHERE max_calls < 0 OR calls <= max_calls
    -- In one order for all servers, or two of them could wait for each other.
    ORDER BY key_id
    ON CONFLICT (key_id, day) DO UPDATE
    SET calls = used.calls + excluded.calls, records = used.records + excluded.records
    WHERE (SELECT max_calls < 0 OR used.calls + excluded.calls <= max_calls FROM asked WHERE asked.key_id = used.key_id)
    RETURNING key_id, calls, records`.execute(store);
  return new Map(
    rows.map(({ key_id, calls, records }) => [key_id, { keyId: key_id, calls, records: Number(records) }]),
  );
}

/** Gives back records that were debited today but not sent. */
export async function creditRecords(store: Store, keyId: string, records: number): Promise<void> {
  await ownedBy(store, [keyId], (tx) =>
    sql`
      UPDATE datagen_usage SET records = greatest(0, records - ${records}::bigint)
      WHERE key_id = ${keyId} AND day = ${TODAY}`.execute(tx),
  );
}

/** What a key has used today. */
export async function readUsage(store: Store, keyId: string): Promise<Usage> {
  const { rows } = await ownedBy(store, [keyId], (tx) =>
    sql<{ calls: number; records: string }>`
      SELECT calls, records FROM datagen_usage WHERE key_id = ${keyId} AND day = ${TODAY}`.execute(tx),
  );
  return { keyId, calls: rows[0]?.calls ?? 0, records: Number(rows[0]?.records ?? 0) };
}
