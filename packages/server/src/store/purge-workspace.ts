import { sql } from 'kysely';
import { recordAct } from './audit.ts';
import { sweepBlobs } from './files.ts';
import type { Store } from './open-store.ts';
import { QUEUE_SCHEMA } from './queue/run-queue.ts';
import type { Tenant } from './tenant.ts';

/** What one transaction takes. */
const BATCH = 1000;

/**
 * Takes all of a workspace away whose time has come: rows of every table, the bytes of its files, what other tables hold of it. Which
 * tables those are is asked of the database. What stays is the audit, and an empty row of the workspace that its entries refer to.
 * Any number of servers may do it at once, and go on with what one that died has begun.
 * @returns false when nothing of it is due, or something has to wait for a backup
 */
export async function purgeWorkspace(tenant: Tenant, id: string): Promise<boolean> {
  if (!(await tenant((tx) => isDue(tx, id)))) return false;
  await tenant((tx) => removeElsewhere(tx, id));
  for (const table of await tenant(tablesOfWorkspaces)) {
    if (table === 'file_blob' && !(await removeBytes(tenant, id))) return false;
    while ((await tenant((tx) => removeSome(tx, table, id))) === BATCH);
  }
  await tenant.blobs?.forget(id);
  return tenant((tx) => bury(tx, id));
}

/** Tables with rows of workspaces that go with them, those that refer to others before them. */
export async function tablesOfWorkspaces(tx: Store): Promise<string[]> {
  const { rows } = await sql<{ name: string; refers: string[] }>`
    SELECT relname AS name, array(
             SELECT target.relname::text FROM pg_constraint JOIN pg_class AS target ON target.oid = confrelid
              WHERE contype = 'f' AND conrelid = pg_class.oid AND confrelid <> conrelid) AS refers
      FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attname = 'workspace_id' AND NOT attisdropped
     WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relname <> 'audit_entry'
     ORDER BY relname`.execute(tx);
  const refersTo = new Map(rows.map(({ name, refers }) => [name, refers]));
  const ordered = new Set<string>();
  const place = (name: string, from: readonly string[]): void => {
    if (ordered.has(name) || from.includes(name)) return;
    for (const [other, refers] of refersTo) if (refers.includes(name)) place(other, [...from, name]);
    ordered.add(name);
  };
  for (const name of refersTo.keys()) place(name, []);
  return [...ordered];
}

/** Nobody can restore it any more, and nobody who is just restoring it is overlooked. */
async function isDue(tx: Store, id: string): Promise<boolean> {
  const due = tx
    .selectFrom('workspace')
    .where('id', '=', id)
    .where('purge_at', '<=', sql<Date>`now()`)
    .where('purged_at', 'is', null)
    .select('id')
    .forNoKeyUpdate();
  return (await due.executeTakeFirst()) !== undefined;
}

/** What names the workspace, its projects or its keys without a column for it: limits, notices of runs, the DataGen door. */
async function removeElsewhere(tx: Store, id: string): Promise<void> {
  const names = ['requests', 'previews', 'rows'].map((name) => `${name} ${id}`);
  await tx.deleteFrom('request_bucket').where('name', 'in', names).execute();
  await tx.deleteFrom('row_bucket').where('name', 'in', names).execute();
  await sql`DELETE FROM ${sql.table(`${QUEUE_SCHEMA}.job`)} WHERE data ->> 'workspaceId' = ${id}`.execute(tx);
  // The rule of their rows lets those be seen whose owners are named (`datagen/owner.ts`).
  const owners = await sql<{ id: string }>`
    SELECT id FROM project WHERE workspace_id = ${id} UNION SELECT id FROM api_key WHERE workspace_id = ${id}`.execute(
    tx,
  );
  const named = [id, ...owners.rows.map((row) => row.id)];
  await sql`SELECT set_config('datamaker.owner', ${named.join(',')}, true)`.execute(tx);
  await tx.deleteFrom('datagen_contract').where('owner', 'in', named).execute();
  await tx.deleteFrom('datagen_answer').where('key_id', 'in', named).execute();
  await tx.deleteFrom('datagen_usage').where('key_id', 'in', named).execute();
  await tx.deleteFrom('model_answer').where('scope', 'in', named).execute();
}

/** @returns whether all are gone: while a backup is being taken they stay */
async function removeBytes(tenant: Tenant, id: string): Promise<boolean> {
  await tenant((tx) => tx.updateTable('file_blob').set({ state: 'doomed' }).where('workspace_id', '=', id).execute());
  const count = async (): Promise<number> => {
    const { left } = await tenant((tx) =>
      tx
        .selectFrom('file_blob')
        .where('workspace_id', '=', id)
        .select(({ fn }) => fn.countAll<string>().as('left'))
        .executeTakeFirstOrThrow(),
    );
    return Number(left);
  };
  for (let left = await count(), before = Number.POSITIVE_INFINITY; left > 0; left = await count()) {
    if (left >= before) return false;
    before = left;
    await sweepBlobs(tenant, id);
  }
  return true;
}

/** @returns how many rows of a table went */
async function removeSome(tx: Store, table: string, id: string): Promise<number> {
  const name = sql.table(table);
  const { numAffectedRows = 0n } = await sql`
    DELETE FROM ${name} WHERE ctid = ANY (ARRAY (
      SELECT ctid FROM ${name} WHERE workspace_id = ${id} LIMIT ${BATCH}))`.execute(tx);
  return Number(numAffectedRows);
}

/** Leaves the row that the audit refers to. @returns whether this was it */
async function bury(tx: Store, id: string): Promise<boolean> {
  const buried = await tx
    .updateTable('workspace')
    .set({ name: '', purged_at: sql<Date>`now()` })
    .where('id', '=', id)
    .where('purged_at', 'is', null)
    .returning('deleted_at')
    .executeTakeFirst();
  if (buried === undefined) return false;
  const nobody = { workspaceId: id, projectId: null, personId: null, keyId: null, requestId: null };
  const details = { deleted_at: buried.deleted_at?.toISOString() ?? null };
  await recordAct(tx, nobody, { action: 'workspace.purged', subjectId: id, details });
  return true;
}
