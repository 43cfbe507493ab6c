import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Store } from './open-store.ts';

/** A key that secrets of a workspace are sealed with, wrapped with a master key. */
export interface StoredDataKey {
  readonly id: string;
  readonly workspace_id: string;
  readonly master_key_id: string;
  readonly wrapped: Buffer;
}

const COLUMNS = ['id', 'workspace_id', 'master_key_id', 'wrapped'] as const;

/** Any number will do, as long as nothing else in the database uses it. */
const MASTER_KEY_LOCK = 6_028_551_947n;
const ROTATION_LOCK = 6_028_551_948n;

/** The ids of master keys that something may be wrapped with, the newest first. */
export async function masterKeyIds(store: Store): Promise<string[]> {
  const found = await store.selectFrom('master_key').select('id').orderBy('ordinal', 'desc').execute();
  return found.map(({ id }) => id);
}

/** Lets nobody else choose a master key until the transaction ends. */
export const lockMasterKeys = async (tx: Store): Promise<void> =>
  void (await sql`SELECT pg_advisory_xact_lock(${MASTER_KEY_LOCK}::bigint)`.execute(tx));

/** Makes a master key the newest, also one that was so before. */
export const addMasterKey = async (tx: Store, id: string): Promise<void> =>
  void (await sql`
    INSERT INTO master_key (id) VALUES (${id})
      ON CONFLICT (id) DO UPDATE SET ordinal = DEFAULT, created_at = DEFAULT`.execute(tx));

/** Forgets a master key. @throws Error when something is wrapped with it still */
export const removeMasterKey = async (tx: Store, id: string): Promise<void> =>
  void (await tx.deleteFrom('master_key').where('id', '=', id).execute());

/** How long a database may take to see that a process was killed, and with it its lock. */
const KILLED_MS = 3000;
const LOOK_MS = 100;

/**
 * Does something while nobody else rotates keys of the database. The lock goes with its connection, also when the process is killed.
 * @returns undefined when somebody else is at it
 */
export const whileRotating = <T>(store: Store, use: () => Promise<T>): Promise<T | undefined> =>
  store.connection().execute(async (connection) => {
    for (const until = performance.now() + KILLED_MS; ; await pause(LOOK_MS)) {
      const { rows } = await sql<{ free: boolean }>`
        SELECT pg_try_advisory_lock(${ROTATION_LOCK}::bigint) AS free`.execute(connection);
      if (rows[0]?.free === true) break;
      if (performance.now() > until) return undefined;
    }
    try {
      return await use();
    } finally {
      await sql`SELECT pg_advisory_unlock(${ROTATION_LOCK}::bigint)`.execute(connection);
    }
  });

/**
 * The key for what is sealed now, counted as used once more. It stays the one until the transaction ends.
 * @param mostUses a key that was used so often is used no more
 */
export const useDataKey = (tx: Store, workspaceId: string, mostUses: number): Promise<StoredDataKey | undefined> =>
  tx
    .updateTable('data_key')
    .set({ uses: sql`uses + 1` })
    .where('workspace_id', '=', workspaceId)
    .where('retired_at', 'is', null)
    .where('uses', '<', String(mostUses))
    .returning(COLUMNS)
    .executeTakeFirst();

/** Adds the key for what is sealed from now on; the one before it is retired. */
export async function addDataKey(tx: Store, key: StoredDataKey): Promise<void> {
  await tx
    .updateTable('data_key')
    .set({ retired_at: sql`clock_timestamp()` })
    .where('workspace_id', '=', key.workspace_id)
    .where('retired_at', 'is', null)
    .execute();
  await tx.insertInto('data_key').values(key).execute();
}

/** Some key of a workspace that is not wrapped with a master key; nobody else changes it until the transaction ends. */
export const holdKeyNotUnder = (
  tx: Store,
  workspaceId: string,
  masterKeyId: string,
): Promise<StoredDataKey | undefined> =>
  tx
    .selectFrom('data_key')
    .where('workspace_id', '=', workspaceId)
    .where('master_key_id', '<>', masterKeyId)
    .select(COLUMNS)
    .orderBy('id')
    .limit(1)
    .forUpdate()
    .executeTakeFirst();

export const rewrapDataKey = async (
  tx: Store,
  { id, workspace_id, wrapped, master_key_id }: StoredDataKey,
): Promise<void> =>
  void (await tx
    .updateTable('data_key')
    .set({ wrapped, master_key_id })
    .where('workspace_id', '=', workspace_id)
    .where('id', '=', id)
    .execute());

/** Whether a workspace seals with a key that was made before a master key was. */
export async function sealsWithOlderThan(tx: Store, workspaceId: string, masterKeyId: string): Promise<boolean> {
  const found = await tx
    .selectFrom('data_key')
    .innerJoin('master_key', (join) => join.on('master_key.id', '=', masterKeyId))
    .where('data_key.workspace_id', '=', workspaceId)
    .where('data_key.retired_at', 'is', null)
    .whereRef('data_key.created_at', '<', 'master_key.created_at')
    .select('data_key.id')
    .executeTakeFirst();
  return found !== undefined;
}

/** Removes keys that nothing is sealed with and nothing will be. @returns how many */
export async function removeRetiredKeys(tx: Store, workspaceId: string): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom('data_key')
    .where('workspace_id', '=', workspaceId)
    .where('retired_at', 'is not', null)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('secret').whereRef('secret.data_key_id', '=', 'data_key.id').select('secret.id'))),
    )
    .executeTakeFirst();
  return Number(numDeletedRows);
}
