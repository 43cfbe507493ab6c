import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Store } from './open-store.ts';
import { PURGE_AT } from './purge.ts';
import type { RunError } from './run-table.ts';
import type { Schema } from './schema.ts';

export type StoredWorkspace = Selectable<Schema['workspace']>;

export interface WorkspaceChange {
  readonly name?: string;
  readonly plan?: string;
}

export const readWorkspace = (tx: Store, id: string): Promise<StoredWorkspace> =>
  tx.selectFrom('workspace').where('id', '=', id).selectAll().executeTakeFirstOrThrow();

export const changeWorkspace = (tx: Store, id: string, change: WorkspaceChange): Promise<StoredWorkspace> =>
  tx
    .updateTable('workspace')
    .set({ ...change, updated_at: sql`now()` })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();

/**
 * Changes of roles wait for each other from here to the end of the transaction: none sees an owner who is just going. Whoever
 * merely refers to the workspace, as each new row in it does, neither waits nor is waited for.
 */
export async function lockWorkspace(tx: Store, id: string): Promise<void> {
  await tx.selectFrom('workspace').where('id', '=', id).select('id').forNoKeyUpdate().execute();
}

/** Those of which there is something, also deleted ones. */
export async function workspaceIds(store: Store): Promise<string[]> {
  const found = await store.selectFrom('workspace').where('purged_at', 'is', null).select('id').orderBy('id').execute();
  return found.map(({ id }) => id);
}

export interface WorkspaceFigures extends StoredWorkspace {
  /** Who have not been removed. */
  readonly people: number;
  /** Without those that are deleted. */
  readonly projects: number;
}

/** Those of which there is something, also deleted ones, the oldest first: for whoever runs the server. */
export async function listWorkspaces(store: Store): Promise<WorkspaceFigures[]> {
  const { rows } = await sql<StoredWorkspace & { people: string; projects: string }>`
    SELECT workspace.*,
           (SELECT count(*) FROM person WHERE workspace_id = workspace.id AND removed_at IS NULL) AS people,
           (SELECT count(*) FROM project WHERE workspace_id = workspace.id AND deleted_at IS NULL) AS projects
      FROM workspace WHERE purged_at IS NULL ORDER BY created_at, id`.execute(store);
  return rows.map((row) => ({ ...row, people: Number(row.people), projects: Number(row.projects) }));
}

/** Whether a workspace that is not deleted has a name, whatever its case. */
export async function isWorkspaceNamed(tx: Store, name: string): Promise<boolean> {
  const found = await tx
    .selectFrom('workspace')
    .where('deleted_at', 'is', null)
    .where(sql<string>`lower(name)`, '=', sql<string>`lower(${name})`)
    .select('id')
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/** The one with an id, else all with a name; of those of which there is something. */
export async function findWorkspaces(store: Store, idOrName: string): Promise<StoredWorkspace[]> {
  const found = await store
    .selectFrom('workspace')
    .where('purged_at', 'is', null)
    .where((eb) => eb.or([eb('id', '=', idOrName), eb('name', '=', idOrName)]))
    .selectAll()
    .execute();
  const exact = found.filter(({ id }) => id === idOrName);
  return exact.length > 0 ? exact : found;
}

/** Lets a workspace be deleted, which the transaction has locked. */
export const deleteWorkspace = (tx: Store, id: string): Promise<StoredWorkspace> =>
  tx
    .updateTable('workspace')
    .set({ deleted_at: sql`now()`, purge_at: PURGE_AT })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();

/**
 * Takes the deletion of a workspace back; by the time at which its row is had: who purges it has it first, or finds it restored.
 * @returns undefined when it is too late, or there is nothing to take back
 */
export const restoreWorkspace = (tx: Store, id: string): Promise<StoredWorkspace | undefined> =>
  tx
    .updateTable('workspace')
    .set({ deleted_at: null, purge_at: null })
    .where('id', '=', id)
    .where('purge_at', '>', sql<Date>`clock_timestamp()`)
    .returningAll()
    .executeTakeFirst();

export async function isDeleted(tx: Store, id: string): Promise<boolean> {
  return (await readWorkspace(tx, id)).deleted_at !== null;
}

/** What runs end with that were under way. */
export const WORKSPACE_DELETED: RunError = { code: 'workspace_deleted', message: 'the workspace was deleted' };
