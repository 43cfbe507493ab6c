import { sql } from 'kysely';
import { newId } from '../ids.ts';
import type { Store } from './open-store.ts';

/** Any number will do, as long as nothing else in the database uses it. */
const BOOTSTRAP_LOCK = 4_715_208_131n;

/**
 * Makes sure that there are a workspace, a project, an owner and the owner's key, also where the last workspace was deleted. Servers
 * that start together do it once.
 * @param brought a key that must be an owner's; without one `makeKey` makes the first, when there is none at all
 */
export async function bootstrap(
  store: Store,
  brought: { hash: Buffer; display: string } | undefined,
  makeKey: () => { hash: Buffer; display: string },
): Promise<{ madeKey: boolean }> {
  return store.transaction().execute(async (tx) => {
    await sql`SELECT pg_advisory_xact_lock(${BOOTSTRAP_LOCK}::bigint)`.execute(tx);
    // Its workspace can be restored with it: it is of no other one before that is purged.
    if (brought !== undefined && (await isOfDeleted(tx, brought.hash))) return { madeKey: false };
    const owner =
      (await tx
        .selectFrom('person')
        .innerJoin('workspace', 'workspace.id', 'person.workspace_id')
        .where('workspace.deleted_at', 'is', null)
        .where('role', '=', 'owner')
        .where('removed_at', 'is', null)
        .select(['person.id', 'workspace_id'])
        .orderBy('person.created_at')
        .executeTakeFirst()) ?? (await makeOwner(tx));
    const addKey = async ({ hash, display }: { hash: Buffer; display: string }): Promise<void> => {
      await tx
        .insertInto('api_key')
        .values({
          id: newId('key'),
          workspace_id: owner.workspace_id,
          project_id: null,
          person_id: owner.id,
          hash,
          display,
        })
        .onConflict((conflict) => conflict.column('hash').doNothing())
        .execute();
    };
    if (brought !== undefined) {
      await addKey(brought);
      return { madeKey: false };
    }
    const known = await tx
      .selectFrom('api_key')
      .innerJoin('workspace', 'workspace.id', 'api_key.workspace_id')
      .where('workspace.deleted_at', 'is', null)
      .where('revoked_at', 'is', null)
      .select('api_key.id')
      .limit(1)
      .executeTakeFirst();
    if (known !== undefined) return { madeKey: false };
    await addKey(makeKey());
    return { madeKey: true };
  });
}

async function makeOwner(tx: Store): Promise<{ id: string; workspace_id: string }> {
  const workspaceId = newId('ws');
  await tx.insertInto('workspace').values({ id: workspaceId, name: 'My workspace' }).execute();
  await tx
    .insertInto('project')
    .values({ id: newId('proj'), workspace_id: workspaceId, name: 'Default' })
    .execute();
  const id = newId('usr');
  await tx.insertInto('person').values({ id, workspace_id: workspaceId, name: 'Owner', role: 'owner' }).execute();
  return { id, workspace_id: workspaceId };
}

async function isOfDeleted(tx: Store, hash: Buffer): Promise<boolean> {
  const found = await tx
    .selectFrom('api_key')
    .innerJoin('workspace', 'workspace.id', 'api_key.workspace_id')
    .where('hash', '=', hash)
    .where('workspace.deleted_at', 'is not', null)
    .select('api_key.id')
    .executeTakeFirst();
  return found !== undefined;
}
