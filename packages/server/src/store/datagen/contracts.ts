import { sql } from 'kysely';
import type { Store } from '../open-store.ts';
import { ofAll, ownedBy } from './owner.ts';

/** A stored contract. */
export interface StoredContract<Document> {
  readonly id: string;
  readonly hash: string;
  readonly document: Document;
  readonly createdAt: Date;
}

/** Whoever has no key shares this owner. */
export const PUBLIC_OWNER = 'public';
/** Contracts of nobody in particular: the newest so many are kept. */
const MAX_PUBLIC = 10_000;

/**
 * Stores a contract, or makes it last longer when it is there. Its id is as short as `ids` allow: the first that is not
 * another contract's.
 */
export async function keepContract(
  store: Store,
  owner: string,
  hash: string,
  ids: readonly string[],
  document: object,
  days: number,
): Promise<string> {
  const expires_at = sql<Date>`now() + ${days} * interval '1 day'`;
  for (const id of ids) {
    const { rows } = await ownedBy(store, [owner], (tx) =>
      sql<{ id: string }>`
      INSERT INTO datagen_contract AS kept (owner, id, hash, document, expires_at)
      SELECT ${owner}, ${id}, ${hash}, ${JSON.stringify(document)}::json, ${expires_at}
      WHERE NOT EXISTS (SELECT FROM datagen_contract WHERE owner = ${owner} AND id = ${id} AND hash <> ${hash})
      ON CONFLICT (owner, hash) DO UPDATE SET expires_at = greatest(kept.expires_at, excluded.expires_at)
      RETURNING id`.execute(tx),
    );
    if (rows[0] !== undefined) return rows[0].id;
  }
  throw new Error('all ids of a contract are taken');
}

/** A contract of an owner, or of nobody in particular. */
export async function findContract<Document>(
  store: Store,
  owner: string,
  id: string,
): Promise<StoredContract<Document> | undefined> {
  const found = await ownedBy(store, [owner, PUBLIC_OWNER], (tx) =>
    tx
      .selectFrom('datagen_contract')
      .where('id', '=', id)
      .where('owner', 'in', [owner, PUBLIC_OWNER])
      .where('expires_at', '>', sql<Date>`now()`)
      .orderBy(sql`owner = ${owner}`, 'desc')
      .select(['id', 'hash', 'document', 'created_at as createdAt'])
      .executeTakeFirst(),
  );
  return found as StoredContract<Document> | undefined;
}

/** Forgets what has expired, and of contracts without an owner the oldest beyond a bound. */
export async function sweepContracts(store: Store): Promise<void> {
  await ofAll(store, (tx) =>
    sql`
    DELETE FROM datagen_contract WHERE expires_at < now() OR (owner, id) IN (
      SELECT owner, id FROM datagen_contract WHERE owner = ${PUBLIC_OWNER}
      ORDER BY expires_at DESC OFFSET ${MAX_PUBLIC}
    )`.execute(tx),
  );
}
