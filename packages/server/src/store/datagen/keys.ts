import { sql } from 'kysely';
import type { Store } from '../open-store.ts';
import { PREPARED } from '../prepared.ts';

/** A key of this door, as it is stored: its hash, never itself. */
export interface NewDatagenKey {
  readonly id: string;
  readonly hash: Buffer;
  readonly display: string;
  readonly tier: string;
  readonly days: number;
}

export interface DatagenKey {
  readonly hash: Buffer;
  readonly id: string;
  readonly display: string;
  readonly tier: string;
}

/** Those of the keys that are neither revoked nor expired. */
export async function findDatagenKeys(store: Store, hashes: readonly Buffer[]): Promise<DatagenKey[]> {
  const { rows } = await sql<DatagenKey>`
    ${PREPARED} SELECT hash, id, display, tier FROM datagen_key
    WHERE hash = ANY(${hashes}) AND revoked_at IS NULL AND expires_at > now()`.execute(store);
  return rows;
}

/** Stores a key. */
export async function addDatagenKey(store: Store, { id, hash, display, tier, days }: NewDatagenKey): Promise<void> {
  const expires_at = sql<Date>`now() + ${days} * interval '1 day'`;
  await store.insertInto('datagen_key').values({ id, hash, display, tier, expires_at }).execute();
}

/**
 * Stores a key for an address that has not minted `most` within the last `seconds`; however many servers ask at once.
 * @returns undefined when it is stored, else after how many seconds the next may be
 */
export async function mintDatagenKey(
  store: Store,
  key: NewDatagenKey,
  address: Buffer,
  { most, seconds }: { readonly most: number; readonly seconds: number },
): Promise<number | undefined> {
  return store.transaction().execute(async (tx) => {
    // One at a time for each address: the count must not change between reading and writing.
    await sql`SELECT pg_advisory_xact_lock(${address.readBigInt64BE(0)}::bigint)`.execute(tx);
    await sql`DELETE FROM datagen_mint WHERE minted_at < now() - ${seconds} * interval '1 second'`.execute(tx);
    const { rows } = await sql<{ minted: number; wait: number }>`
      SELECT count(*)::integer AS minted,
        ceil(extract(epoch FROM min(minted_at) + ${seconds} * interval '1 second' - now()))::integer AS wait
      FROM datagen_mint WHERE address = ${address}`.execute(tx);
    const [lately] = rows;
    if (lately !== undefined && lately.minted >= most) return Math.max(1, lately.wait);
    await tx.insertInto('datagen_mint').values({ address }).execute();
    await addDatagenKey(tx, key);
    return undefined;
  });
}
