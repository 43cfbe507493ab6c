import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Store } from './open-store.ts';
import type { Schema } from './schema.ts';

/** Whether there is such a project in a workspace. */
export async function hasProject(store: Store, workspaceId: string, id: string): Promise<boolean> {
  return (await readProject(store, { workspaceId }, id)) !== undefined;
}

export type StoredProject = Selectable<Schema['project']>;

/** What may be in a project: tables with a column `project_id` whose rows, unless deleted or ended, keep it from being deleted. */
export const CONTENTS = [
  'template',
  'saved_set',
  'workspace_file',
  'secret',
  'run',
  'connection',
  'scenario',
  'chat',
] as const;

/** The time from which on a row keeps nothing. Files and secrets are deleted for good; runs that have ended are a record. */
const GONE: Readonly<Partial<Record<(typeof CONTENTS)[number], string>>> = {
  template: 'deleted_at',
  saved_set: 'deleted_at',
  connection: 'deleted_at',
  scenario: 'deleted_at',
  chat: 'deleted_at',
  run: 'ended_at',
};

/** Which projects somebody sees; what is not among them does not exist. */
export interface ProjectScope {
  readonly workspaceId: string;
  /** Only this one. */
  readonly projectId?: string | undefined;
}

function seen(tx: Store, { workspaceId, projectId }: ProjectScope) {
  const query = tx.selectFrom('project').where('workspace_id', '=', workspaceId).where('deleted_at', 'is', null);
  return projectId === undefined ? query : query.where('id', '=', projectId);
}

/** The newest first, those before `before` in order of creation. */
export function listProjects(
  tx: Store,
  scope: ProjectScope,
  limit: number,
  before: string | undefined,
): Promise<StoredProject[]> {
  const query = seen(tx, scope).selectAll().orderBy('ordinal', 'desc').limit(limit);
  return (before === undefined ? query : query.where('ordinal', '<', before)).execute();
}

export async function countProjects(tx: Store, scope: ProjectScope): Promise<number> {
  const { total } = await seen(tx, scope).select(sql<string>`count(*)`.as('total')).executeTakeFirstOrThrow();
  return Number(total);
}

export const readProject = (tx: Store, scope: ProjectScope, id: string): Promise<StoredProject | undefined> =>
  seen(tx, scope).where('id', '=', id).selectAll().executeTakeFirst();

/** A project that stays as it is until the transaction ends: it is neither deleted nor renamed meanwhile. */
export const holdProject = (tx: Store, scope: ProjectScope, id: string): Promise<StoredProject | undefined> =>
  seen(tx, scope).where('id', '=', id).selectAll().forShare().executeTakeFirst();

/** A project that nothing can come into until the transaction ends. */
export const closeProject = (tx: Store, scope: ProjectScope, id: string): Promise<StoredProject | undefined> =>
  seen(tx, scope).where('id', '=', id).selectAll().forUpdate().executeTakeFirst();

export const addProject = (tx: Store, id: string, workspaceId: string, name: string): Promise<StoredProject> =>
  tx.insertInto('project').values({ id, workspace_id: workspaceId, name }).returningAll().executeTakeFirstOrThrow();

export const renameProject = (
  tx: Store,
  workspaceId: string,
  id: string,
  name: string,
): Promise<StoredProject | undefined> =>
  tx
    .updateTable('project')
    .set({ name, updated_at: sql`now()` })
    .where('id', '=', id)
    .where('workspace_id', '=', workspaceId)
    .where('deleted_at', 'is', null)
    .returningAll()
    .executeTakeFirst();

/** Whether anything is in a project that is not deleted. */
export async function isEmpty(tx: Store, id: string): Promise<boolean> {
  for (const table of CONTENTS) {
    const gone = GONE[table];
    const all = tx.selectFrom(table).where('project_id', '=', id).select('id').limit(1);
    const query = gone === undefined ? all : all.where(sql.ref(gone), 'is', null);
    if ((await query.executeTakeFirst()) !== undefined) return false;
  }
  return true;
}

/** Deletes a project; keys that are for it only work no more. */
export async function deleteProject(tx: Store, id: string): Promise<void> {
  await tx.updateTable('project').set({ deleted_at: sql`now()` }).where('id', '=', id).execute();
  await tx
    .updateTable('api_key')
    .set({ revoked_at: sql`now()` })
    .where('project_id', '=', id)
    .where('revoked_at', 'is', null)
    .execute();
}
