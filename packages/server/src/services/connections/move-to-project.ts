import { conflict } from '../../errors.ts';
import { recordAct } from '../../store/audit.ts';
import { holdConnections, moveConnections, type StoredConnection } from '../../store/connections.ts';
import type { Principal } from '../../store/keys.ts';
import type { Store } from '../../store/open-store.ts';
import { holdProject } from '../../store/projects.ts';
import { findSecret } from '../../store/secrets.ts';
import { missing } from '../missing.ts';
import { refuseTakenName } from './refuse-taken-name.ts';

/**
 * Moves connections to another project of the workspace, all or none.
 * @throws ApiError not_found, conflict
 */
export async function moveToProject(
  tx: Store,
  principal: Principal,
  given: readonly string[],
  targetId: string,
): Promise<void> {
  const { workspaceId, projectId, onlyProject } = principal;
  const ids = [...new Set(given)];
  const seen = { workspaceId, projectId: onlyProject ? projectId : undefined };
  if ((await holdProject(tx, seen, targetId)) === undefined) missing('project', targetId);
  const held = await holdConnections(tx, { workspaceId, projectId }, ids);
  const absent = ids.find((id) => held.every((one) => one.id !== id));
  if (absent !== undefined) missing('connection', absent);
  if (targetId === projectId) return;
  for (const connection of held) await refuseTornSecret(tx, connection, { workspaceId, projectId: targetId });
  await moveConnections(tx, ids, targetId).catch(refuseTakenName);
  for (const { id, name } of held) {
    const details = { name, from: projectId, to: targetId };
    await recordAct(tx, principal, { action: 'connection.moved', subjectId: id, projectId: targetId, details });
  }
}

/** A secret of the project that it comes from is none of the one that it goes to. @throws ApiError conflict */
async function refuseTornSecret(
  tx: Store,
  { name, secret_ref: ref }: StoredConnection,
  target: { readonly workspaceId: string; readonly projectId: string },
): Promise<void> {
  if (ref === null || (await findSecret(tx, target, ref)) !== undefined) return;
  throw conflict(
    'secret_of_project',
    `the secret of ${JSON.stringify(name)} is of this project only`,
    'give it another one first, or a secret of the whole workspace',
  );
}
