import { type RawBuilder, sql } from 'kysely';
import { type Limit, type Taken, takeFrom } from './buckets.ts';
import type { Store } from './open-store.ts';

/** A server that says nothing for so long has died: what it had reserved and not delivered is given back. */
const LEASE = sql`interval '60 seconds'`;

/** Takes rows from a bucket before they are made: all or none. */
export const reserveRows = (store: Store, id: string, bucket: string, limit: Limit, rows: number): Promise<Taken> =>
  store.transaction().execute((tx) => reserve(tx, id, bucket, limit, rows, sql`now() + ${LEASE}`));

/** The same for as long as a run needs, in the transaction that makes the run: its end settles them. */
export const holdRows = (tx: Store, id: string, bucket: string, limit: Limit, rows: number): Promise<Taken> =>
  reserve(tx, id, bucket, limit, rows, sql`'infinity'`);

async function reserve(
  tx: Store,
  id: string,
  bucket: string,
  limit: Limit,
  rows: number,
  until: RawBuilder<unknown>,
): Promise<Taken> {
  const taken = await takeFrom(tx, 'row_bucket', bucket, limit, rows);
  if (taken.allowed) {
    await sql`
      INSERT INTO row_reservation (id, bucket, reserved, lease_until)
      VALUES (${id}, ${bucket}, ${rows}, ${until})`.execute(tx);
  }
  return taken;
}

/** Counts rows that were paid for before to what is reserved: who goes on with something settles all of it. */
export async function countPaid(tx: Store, id: string, rows: number): Promise<void> {
  await sql`UPDATE row_reservation SET reserved = reserved + ${rows} WHERE id = ${id}`.execute(tx);
}

/** Notes how many rows have left, or are about to. */
export async function noteDelivered(store: Store, id: string, delivered: number): Promise<void> {
  await sql`
    UPDATE row_reservation SET delivered = greatest(delivered, ${delivered}), lease_until = now() + ${LEASE}
    WHERE id = ${id}`.execute(store);
}

/** Ends a reservation: what was not delivered is given back. Once: the second time there is none. */
export async function settleRows(store: Store, id: string, delivered: number): Promise<void> {
  await sql`
    WITH ended AS (DELETE FROM row_reservation WHERE id = ${id} RETURNING bucket, reserved)
    UPDATE row_bucket SET level = greatest(0, level - (ended.reserved - ${delivered}::bigint))
    FROM ended WHERE name = ended.bucket`.execute(store);
}

/** Gives back what servers that died had reserved. */
export async function settleLost(store: Store): Promise<void> {
  await sql`
    WITH lost AS (DELETE FROM row_reservation WHERE lease_until < now() RETURNING bucket, reserved - delivered AS back),
      sums AS (SELECT bucket, sum(back) AS back FROM lost GROUP BY bucket)
    UPDATE row_bucket SET level = greatest(0, level - sums.back) FROM sums WHERE name = sums.bucket`.execute(store);
}
