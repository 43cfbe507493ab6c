import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { StoredDataKey } from './data-keys.ts';
import type { Store } from './open-store.ts';
import type { Schema } from './schema.ts';

type Row = Selectable<Schema['secret']>;

/** What is known of a secret without its value. */
export type StoredSecret = Omit<Row, 'sealed' | 'data_key_id'>;
export type SecretKind = Row['kind'];
/** What a value belongs to: it is sealed together with it. */
export type SecretIdentity = Pick<Row, 'id' | 'workspace_id' | 'project_id' | 'kind' | 'name' | 'version'>;
/** A value as it is stored, and where it may go. */
export type SealedSecret = SecretIdentity & Pick<Row, 'sealed' | 'hosts'>;

const COLUMNS = [
  'id',
  'workspace_id',
  'project_id',
  'ordinal',
  'kind',
  'name',
  'version',
  'hosts',
  'created_at',
  'created_by',
  'updated_at',
  'updated_by',
  'last_used_at',
] as const;

/** People's own secrets that a project has: its own and those of the whole workspace. */
export interface SecretScope {
  readonly workspaceId: string;
  readonly projectId: string;
}

const seen = (tx: Store, { workspaceId, projectId }: SecretScope) =>
  tx
    .selectFrom('secret')
    .where('workspace_id', '=', workspaceId)
    .where('kind', '=', 'user')
    .where((eb) => eb.or([eb('project_id', '=', projectId), eb('project_id', 'is', null)]));

/** The newest first, those before `before` in order of creation. */
export function listSecrets(
  tx: Store,
  scope: SecretScope,
  limit: number,
  before: string | undefined,
): Promise<StoredSecret[]> {
  const query = seen(tx, scope).select(COLUMNS).orderBy('ordinal', 'desc').limit(limit);
  return (before === undefined ? query : query.where('ordinal', '<', before)).execute();
}

export async function countSecrets(tx: Store, scope: SecretScope): Promise<number> {
  const { total } = await seen(tx, scope).select(sql<string>`count(*)`.as('total')).executeTakeFirstOrThrow();
  return Number(total);
}

export const findSecret = (tx: Store, scope: SecretScope, id: string): Promise<StoredSecret | undefined> =>
  seen(tx, scope).where('id', '=', id).select(COLUMNS).executeTakeFirst();

/** One that stays as it is until the transaction ends. */
export const holdSecret = (tx: Store, scope: SecretScope, id: string): Promise<StoredSecret | undefined> =>
  seen(tx, scope).where('id', '=', id).select(COLUMNS).forUpdate().executeTakeFirst();

/** How many secrets people have in all of a workspace. */
export async function countOwnSecrets(tx: Store, workspaceId: string): Promise<number> {
  const { total } = await tx
    .selectFrom('secret')
    .where('workspace_id', '=', workspaceId)
    .where('kind', '=', 'user')
    .select(sql<string>`count(*)`.as('total'))
    .executeTakeFirstOrThrow();
  return Number(total);
}

/** @returns undefined when one of people's own has the name there */
export const addSecret = (
  tx: Store,
  secret: SealedSecret & Pick<Row, 'data_key_id'>,
  author: string,
): Promise<StoredSecret | undefined> =>
  tx
    .insertInto('secret')
    .values({ ...secret, created_by: author, updated_by: author })
    .onConflict((conflict) => conflict.doNothing())
    .returning(COLUMNS)
    .executeTakeFirst();

/** Puts another value in the place of one. */
export const changeSecret = (
  tx: Store,
  { id, version, sealed, data_key_id }: Pick<Row, 'id' | 'version' | 'sealed' | 'data_key_id'>,
  author: string,
): Promise<StoredSecret> =>
  tx
    .updateTable('secret')
    .set({ version, sealed, data_key_id, updated_at: sql`now()`, updated_by: author })
    .where('id', '=', id)
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();

/** Says anew where a value may go, which stays what it is. @param hosts as `hostEntry` writes them, each once */
export const keepHosts = (tx: Store, id: string, hosts: readonly string[], author: string): Promise<StoredSecret> =>
  tx
    .updateTable('secret')
    .set({ hosts, updated_at: sql`now()`, updated_by: author })
    .where('id', '=', id)
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();

export const removeSecret = async (tx: Store, id: string): Promise<void> =>
  void (await tx.deleteFrom('secret').where('id', '=', id).execute());

/** A value as it is stored, with the key that opens it, as they are at one moment. */
export async function readSealed(tx: Store, id: string): Promise<[SealedSecret, StoredDataKey] | undefined> {
  const found = await sealed(tx).where('secret.id', '=', id).executeTakeFirst();
  return found && split(found);
}

/** All values of the workspace that the transaction has named. */
export async function readAllSealed(tx: Store): Promise<[SealedSecret, StoredDataKey][]> {
  return (await sealed(tx).orderBy('secret.ordinal').execute()).map(split);
}

/** Some value of a workspace that is sealed with a key that is retired; it stays as it is until the transaction ends. */
export async function holdUnderRetired(
  tx: Store,
  workspaceId: string,
): Promise<[SealedSecret, StoredDataKey] | undefined> {
  const found = await sealed(tx)
    .where('secret.workspace_id', '=', workspaceId)
    .where('data_key.retired_at', 'is not', null)
    .orderBy('secret.ordinal')
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
  return found && split(found);
}

/** Seals the same value anew. */
export const resealSecret = async (tx: Store, id: string, bytes: Buffer, dataKeyId: string): Promise<void> =>
  void (await tx.updateTable('secret').set({ sealed: bytes, data_key_id: dataKeyId }).where('id', '=', id).execute());

/** Notes the use of a secret, at most once a minute. */
export const touchSecret = async (tx: Store, id: string): Promise<void> =>
  void (await tx
    .updateTable('secret')
    .set({ last_used_at: sql`now()` })
    .where('id', '=', id)
    .where((eb) =>
      eb.or([eb('last_used_at', 'is', null), eb('last_used_at', '<', sql<Date>`now() - interval '1 minute'`)]),
    )
    .execute());

const sealed = (tx: Store) =>
  tx
    .selectFrom('secret')
    .innerJoin('data_key', (join) =>
      join.onRef('data_key.id', '=', 'secret.data_key_id').onRef('data_key.workspace_id', '=', 'secret.workspace_id'),
    )
    .select([
      'secret.id',
      'secret.workspace_id',
      'secret.project_id',
      'secret.kind',
      'secret.name',
      'secret.version',
      'secret.sealed',
      'secret.hosts',
      'data_key.id as keyId',
      'data_key.master_key_id',
      'data_key.wrapped',
    ]);

type Sealed = SealedSecret & Pick<StoredDataKey, 'master_key_id' | 'wrapped'> & { readonly keyId: string };

const split = ({ keyId, master_key_id, wrapped, ...secret }: Sealed): [SealedSecret, StoredDataKey] => [
  secret,
  { id: keyId, workspace_id: secret.workspace_id, master_key_id, wrapped },
];

/** What a connection has of its own, which stays as it is until the transaction ends. */
export const findOwnSecret = (tx: Store, id: string): Promise<StoredSecret | undefined> =>
  tx
    .selectFrom('secret')
    .where('id', '=', id)
    .where('kind', '=', 'connection')
    .select(COLUMNS)
    .forUpdate()
    .executeTakeFirst();
