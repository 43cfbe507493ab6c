import { sql } from 'kysely';
import { lockFiles } from './files.ts';
import type { Store } from './open-store.ts';

/** What is known by a name in its project. */
export type Named = 'set' | 'file';

const TABLES = { set: 'saved_set', file: 'workspace_file' } as const;

/** Those of a project that have some names, deleted ones apart, by name. */
const named = (tx: Store, kind: Named, projectId: string, names: readonly string[]) => {
  const query = tx
    .selectFrom(TABLES[kind])
    .where('project_id', '=', projectId)
    .where('name', 'in', [...names])
    .orderBy('id')
    .select(['id', 'name']);
  return kind === 'set' ? query.where(sql<boolean>`deleted_at IS NULL`) : query;
};

/** Ids by name; nobody else changes these until the transaction ends. */
export async function holdNamed(
  tx: Store,
  kind: Named,
  { workspaceId, projectId }: { readonly workspaceId: string; readonly projectId: string },
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (kind === 'file') await lockFiles(tx, workspaceId);
  const held = await named(tx, kind, projectId, names).forUpdate().execute();
  return new Map(held.map(({ id, name }) => [name, id]));
}

/** Those of some names that are taken in a project. */
export async function namesTaken(
  tx: Store,
  kind: Named,
  projectId: string,
  names: readonly string[],
): Promise<string[]> {
  const taken = await named(tx, kind, projectId, names).execute();
  return taken.map(({ name }) => name);
}

export async function moveNamed(tx: Store, kind: Named, ids: readonly string[], projectId: string): Promise<void> {
  await tx
    .updateTable(TABLES[kind])
    .set({ project_id: projectId })
    .where('id', 'in', [...ids])
    .execute();
}

/** SQLSTATE 23505 of the indexes on names: somebody else took one meanwhile. */
export const isNameTaken = (error: unknown): boolean =>
  ['saved_set_name', 'workspace_file_project_id_name_key'].includes(
    (error as { constraint?: string }).constraint ?? '',
  );
