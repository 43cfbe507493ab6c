import { sql } from 'kysely';
import { newId } from '../ids.ts';
import type { Store } from './open-store.ts';

/** Any number will do, as long as nothing else in the database uses it. */
const WORKSPACES_LOCK = 4_715_208_131n;

export interface NewWorkspace {
  readonly id: string;
  readonly name: string;
  /** What its first project is called. */
  readonly project: string;
  /** Default: `self-hosted`. */
  readonly plan?: string;
}

export interface MadeWorkspace {
  readonly projectId: string;
  readonly ownerId: string;
}

/** Lets nobody else make a workspace until the transaction ends. */
export const lockWorkspaces = async (tx: Store): Promise<void> =>
  void (await sql`SELECT pg_advisory_xact_lock(${WORKSPACES_LOCK}::bigint)`.execute(tx));

/** A workspace as it begins: with a project, and an owner who says later who they are. */
export async function makeWorkspace(tx: Store, { id, name, project, plan }: NewWorkspace): Promise<MadeWorkspace> {
  const [projectId, ownerId] = [newId('proj'), newId('usr')];
  await tx
    .insertInto('workspace')
    .values({ id, name, ...(plan === undefined ? {} : { plan }) })
    .execute();
  await tx.insertInto('project').values({ id: projectId, workspace_id: id, name: project }).execute();
  await tx.insertInto('person').values({ id: ownerId, workspace_id: id, name: 'Owner', role: 'owner' }).execute();
  return { projectId, ownerId };
}

/** Gives an owner a key for the whole workspace; one that is there already stays whose it is. */
export async function addOwnersKey(
  tx: Store,
  owner: { readonly workspaceId: string; readonly id: string },
  { hash, display }: { readonly hash: Buffer; readonly display: string },
): Promise<void> {
  await tx
    .insertInto('api_key')
    .values({ id: newId('key'), workspace_id: owner.workspaceId, project_id: null, person_id: owner.id, hash, display })
    .onConflict((conflict) => conflict.column('hash').doNothing())
    .execute();
}
