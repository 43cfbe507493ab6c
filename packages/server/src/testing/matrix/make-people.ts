import { newId } from '../../ids.ts';
import { displayOfKey, hashApiKey, newApiKey } from '../../security/api-key.ts';
import type { Role } from '../../security/permissions.ts';
import { hashToken, newToken } from '../../security/token.ts';
import { HOUR, type Place, type Workshop } from './place.ts';

export async function makePerson(
  shop: Workshop,
  workspaceId: string,
  role: Role,
  name: string,
  removedAt: Date | null = null,
): Promise<string> {
  const id = newId('usr');
  const values = { id, workspace_id: workspaceId, name, role, removed_at: removedAt };
  await shop.store.insertInto('person').values(values).execute();
  return id;
}

export async function makeProject(
  shop: Workshop,
  workspaceId: string,
  name: string,
  isDeleted = false,
): Promise<string> {
  const id = newId('proj');
  const values = { id, workspace_id: workspaceId, name, deleted_at: isDeleted ? new Date() : null };
  await shop.store.insertInto('project').values(values).execute();
  return id;
}

export async function makeKey(shop: Workshop, workspaceId: string, personId: string, name: string, more: object = {}) {
  const id = newId('key');
  const key = newApiKey('member');
  const values = { id, workspace_id: workspaceId, person_id: personId, project_id: null, name };
  const secret = { hash: hashApiKey(key, shop.pepper), display: displayOfKey(key) };
  await shop.store
    .insertInto('api_key')
    .values({ ...values, ...secret, ...more })
    .execute();
  return { id, key };
}

export async function makeInvite(shop: Workshop, { workspaceId, personId, mark }: Place, isOver: boolean) {
  const id = newId('inv');
  const token = newToken('invite');
  await shop.store
    .insertInto('invite')
    .values({
      id,
      workspace_id: workspaceId,
      role: 'viewer',
      email: isOver ? `${mark}@example.org` : null,
      hash: hashToken('invite', token, shop.pepper),
      created_by: personId,
      expires_at: new Date(Date.now() + (isOver ? -HOUR : HOUR)),
    })
    .execute();
  return { id, token };
}

/** @param more null: of a session that is over and forgotten */
export async function makeSession(shop: Workshop, { workspaceId, personId, mark }: Place, more: object | null) {
  const id = newId('ses');
  const token = newToken('session');
  if (more === null) return { id, token };
  await shop.store
    .insertInto('session')
    .values({
      id,
      workspace_id: workspaceId,
      person_id: personId,
      hash: hashToken('session', token, shop.pepper),
      agent: mark,
      address: '',
      expires_at: new Date(Date.now() + HOUR),
      ...more,
    })
    .execute();
  return { id, token };
}
