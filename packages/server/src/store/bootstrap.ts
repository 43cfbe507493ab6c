import { newId } from '../ids.ts';
import { addOwnersKey, lockWorkspaces, makeWorkspace } from './make-workspace.ts';
import type { Store } from './open-store.ts';

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
    await lockWorkspaces(tx);
    // Its workspace can be restored with it: it is of no other one before that is purged.
    if (brought !== undefined && (await isOfDeleted(tx, brought.hash))) return { madeKey: false };
    const owner = (await oldestOwner(tx)) ?? (await makeFirst(tx));
    if (brought !== undefined) {
      await addOwnersKey(tx, owner, brought);
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
    await addOwnersKey(tx, owner, makeKey());
    return { madeKey: true };
  });
}

interface Owner {
  readonly id: string;
  readonly workspaceId: string;
}

const oldestOwner = (tx: Store): Promise<Owner | undefined> =>
  tx
    .selectFrom('person')
    .innerJoin('workspace', 'workspace.id', 'person.workspace_id')
    .where('workspace.deleted_at', 'is', null)
    .where('role', '=', 'owner')
    .where('removed_at', 'is', null)
    .select(['person.id', 'workspace_id as workspaceId'])
    .orderBy('person.created_at')
    .executeTakeFirst();

async function makeFirst(tx: Store): Promise<Owner> {
  const workspaceId = newId('ws');
  const { ownerId } = await makeWorkspace(tx, { id: workspaceId, name: 'My workspace', project: 'Default' });
  return { id: ownerId, workspaceId };
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
