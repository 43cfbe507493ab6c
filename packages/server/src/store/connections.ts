import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { ConnectionTable, KeptConfig, Verification } from './connection-table.ts';
import type { Store } from './open-store.ts';
import { PURGE_AT } from './purge.ts';

/** A connection without what the system says of its tables. */
export type StoredConnection = Omit<Selectable<ConnectionTable>, 'catalogue'>;

/** A connection that can be restored. */
export type DeletedConnection = StoredConnection & { readonly deleted_at: Date; readonly purge_at: Date };

/** What is said of a new connection. */
export interface NewConnection {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly config: KeptConfig;
  readonly readOnly: boolean;
  readonly secretId: string | null;
  readonly secretRef: string | null;
}

/** Where connections are. */
export interface ConnectionScope {
  readonly workspaceId: string;
  readonly projectId: string;
}

/** What the system says of its tables, as it is kept. */
export interface KeptCatalogue {
  readonly deflated: Buffer;
  readonly names: readonly string[];
}

const COLUMNS = [
  'id',
  'workspace_id',
  'project_id',
  'ordinal',
  'name',
  'version',
  'type',
  'config',
  'read_only',
  'secret_id',
  'secret_ref',
  'verification',
  'verified_at',
  'catalogue_names',
  'catalogue_at',
  'created_at',
  'created_by',
  'updated_at',
  'updated_by',
  'deleted_at',
  'purge_at',
] as const;

const inProject = (tx: Store, { workspaceId, projectId }: ConnectionScope) =>
  tx.selectFrom('connection').where('workspace_id', '=', workspaceId).where('project_id', '=', projectId);
const current = (tx: Store, scope: ConnectionScope) => inProject(tx, scope).where('deleted_at', 'is', null);
const restorable = (tx: Store, scope: ConnectionScope) => inProject(tx, scope).where('purge_at', '>', sql<Date>`now()`);

/** The newest first, those before `before` in order of creation. */
export function listConnections(
  tx: Store,
  scope: ConnectionScope,
  limit: number,
  before: string | undefined,
  name?: string,
): Promise<StoredConnection[]> {
  let query = current(tx, scope);
  if (name !== undefined) query = query.where('name', '=', name);
  if (before !== undefined) query = query.where('ordinal', '<', before);
  return query.select(COLUMNS).orderBy('ordinal', 'desc').limit(limit).execute();
}

export async function countConnections(tx: Store, scope: ConnectionScope, name?: string): Promise<number> {
  const all = current(tx, scope);
  const named = name === undefined ? all : all.where('name', '=', name);
  const { total } = await named.select(sql<string>`count(*)`.as('total')).executeTakeFirstOrThrow();
  return Number(total);
}

/** Those that can be restored, in the same order. */
export async function listDeletedConnections(
  tx: Store,
  scope: ConnectionScope,
  limit: number,
  before: string | undefined,
): Promise<DeletedConnection[]> {
  const query = restorable(tx, scope).select(COLUMNS).orderBy('ordinal', 'desc').limit(limit);
  const found = await (before === undefined ? query : query.where('ordinal', '<', before)).execute();
  return found as DeletedConnection[];
}

export async function countDeletedConnections(tx: Store, scope: ConnectionScope): Promise<number> {
  const { total } = await restorable(tx, scope).select(sql<string>`count(*)`.as('total')).executeTakeFirstOrThrow();
  return Number(total);
}

/** How many there are in all of a workspace, deleted ones included: they keep their secrets. */
export async function countAllConnections(tx: Store, workspaceId: string): Promise<number> {
  const { total } = await tx
    .selectFrom('connection')
    .where('workspace_id', '=', workspaceId)
    .select(sql<string>`count(*)`.as('total'))
    .executeTakeFirstOrThrow();
  return Number(total);
}

export const findConnection = (tx: Store, scope: ConnectionScope, id: string): Promise<StoredConnection | undefined> =>
  current(tx, scope).where('id', '=', id).select(COLUMNS).executeTakeFirst();

/** The one with an id, or else the one with a name, in the workspace of the transaction. */
export const findNamedConnection = (
  tx: Store,
  projectId: string,
  name: string,
): Promise<StoredConnection | undefined> =>
  tx
    .selectFrom('connection')
    .where('project_id', '=', projectId)
    .where('deleted_at', 'is', null)
    .where((of) => of.or([of('id', '=', name), of('name', '=', name)]))
    .select(COLUMNS)
    .orderBy(sql`id = ${name}`, 'desc')
    .limit(1)
    .executeTakeFirst();

/** Connections that stay as they are until the transaction ends. */
export const holdConnections = (
  tx: Store,
  scope: ConnectionScope,
  ids: readonly string[],
): Promise<StoredConnection[]> =>
  current(tx, scope)
    .where('id', 'in', [...ids])
    .select(COLUMNS)
    .orderBy('id')
    .forUpdate()
    .execute();

/** @throws the database's error `connection_name`, when another one is called that */
export const addConnection = (
  tx: Store,
  { workspaceId, projectId }: ConnectionScope,
  { id, name, type, config, readOnly, secretId, secretRef }: NewConnection,
  author: string,
): Promise<StoredConnection> =>
  tx
    .insertInto('connection')
    .values({
      id,
      workspace_id: workspaceId,
      project_id: projectId,
      name,
      type,
      config: JSON.stringify(config),
      read_only: readOnly,
      secret_id: secretId,
      secret_ref: secretRef,
      created_by: author,
      updated_by: author,
    })
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();

/**
 * Changes one that the transaction holds. What was known of the system is forgotten where it may be another one now.
 * @throws the database's error `connection_name`, when another one is called that
 */
export const changeConnection = (
  tx: Store,
  id: string,
  { name, config, readOnly, secretId, secretRef }: Omit<NewConnection, 'id' | 'type'>,
  isElsewhere: boolean,
  author: string,
): Promise<StoredConnection> =>
  tx
    .updateTable('connection')
    .set({
      name,
      config: JSON.stringify(config),
      read_only: readOnly,
      secret_id: secretId,
      secret_ref: secretRef,
      version: sql<number>`version + 1`,
      updated_at: sql`now()`,
      updated_by: author,
      ...(isElsewhere
        ? { verification: null, verified_at: null, catalogue: null, catalogue_names: null, catalogue_at: null }
        : {}),
    })
    .where('id', '=', id)
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();

/** Keeps what came of a try, unless the connection was changed meanwhile. */
export const keepVerification = (
  tx: Store,
  { id, version }: Pick<StoredConnection, 'id' | 'version'>,
  verification: Verification,
): Promise<StoredConnection | undefined> =>
  tx
    .updateTable('connection')
    .set({
      verification: JSON.stringify(verification),
      ...(verification.status === 'verified' ? { verified_at: new Date(verification.at) } : {}),
    })
    .where('id', '=', id)
    .where('version', '=', version)
    .returning(COLUMNS)
    .executeTakeFirst();

/** Keeps what the system says of its tables, unless the connection was changed meanwhile. */
export const keepCatalogue = (
  tx: Store,
  { id, version }: Pick<StoredConnection, 'id' | 'version'>,
  { deflated, names }: KeptCatalogue,
): Promise<StoredConnection | undefined> =>
  tx
    .updateTable('connection')
    .set({ catalogue: deflated, catalogue_names: JSON.stringify(names), catalogue_at: sql`now()` })
    .where('id', '=', id)
    .where('version', '=', version)
    .returning(COLUMNS)
    .executeTakeFirst();

export async function readCatalogue(tx: Store, id: string): Promise<{ bytes: Buffer; at: Date } | undefined> {
  const found = await tx
    .selectFrom('connection')
    .where('id', '=', id)
    .select(['catalogue as bytes', 'catalogue_at as at'])
    .executeTakeFirst();
  if (found === undefined || found.bytes === null || found.at === null) return undefined;
  return { bytes: found.bytes, at: found.at };
}

/** Marks one as deleted; it is purged later. */
export const deleteConnection = (
  tx: Store,
  { workspaceId, projectId }: ConnectionScope,
  id: string,
): Promise<StoredConnection | undefined> =>
  tx
    .updateTable('connection')
    .set({ deleted_at: sql`now()`, purge_at: PURGE_AT })
    .where('workspace_id', '=', workspaceId)
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .returning(COLUMNS)
    .executeTakeFirst();

/**
 * Takes a deletion back.
 * @param as what it is called from now on; undefined: what it was
 * @throws the database's error `connection_name`, when another one is called that
 */
export async function restoreConnection(
  tx: Store,
  scope: ConnectionScope,
  id: string,
  as: string | undefined,
): Promise<StoredConnection | undefined> {
  const deleted = await restorable(tx, scope).where('id', '=', id).select('id').forUpdate().executeTakeFirst();
  if (deleted === undefined) return undefined;
  return (
    tx
      .updateTable('connection')
      // That it comes into its project is looked at anew: that may have been deleted meanwhile.
      .set({ deleted_at: null, purge_at: null, project_id: scope.projectId, ...(as === undefined ? {} : { name: as }) })
      .where('id', '=', id)
      .returning(COLUMNS)
      .executeTakeFirstOrThrow()
  );
}

/** @throws the database's error `connection_name`, when another one there is called that */
export const moveConnections = async (tx: Store, ids: readonly string[], projectId: string): Promise<void> =>
  void (await tx
    .updateTable('connection')
    .set({ project_id: projectId, version: sql<number>`version + 1` })
    .where('id', 'in', [...ids])
    .execute());

/** SQLSTATE 23505 of the index on names. */
export const isConnectionNameTaken = (error: unknown): boolean =>
  (error as { constraint?: string }).constraint === 'connection_name';
