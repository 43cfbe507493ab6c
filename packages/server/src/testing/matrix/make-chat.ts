import { newId } from '../../ids.ts';
import { deletedNow, HOUR, type Place, type Workshop } from './place.ts';

export async function makeChat(
  shop: Workshop,
  { workspaceId, projectId, mark, personId }: Place,
  isDeleted = false,
): Promise<string> {
  const id = newId('chat');
  await shop.store
    .insertInto('chat')
    .values({
      id,
      workspace_id: workspaceId,
      project_id: projectId,
      name: mark,
      mode: 'agent',
      permits: JSON.stringify({ risks: ['read'], sensitive: false }),
      last_seq: '1',
      created_by: personId,
      ...(isDeleted ? deletedNow() : {}),
    })
    .execute();
  await makeTurn(shop, { workspaceId, personId, mark }, id, 'done');
  return id;
}

/** What somebody has said, and what became of it. */
async function makeTurn(
  { store }: Workshop,
  { workspaceId, personId, mark }: Pick<Place, 'workspaceId' | 'personId' | 'mark'>,
  chatId: string,
  state: 'done' | 'waiting',
): Promise<string> {
  const id = newId('turn');
  await store
    .insertInto('chat_turn')
    .values({
      id,
      chat_id: chatId,
      workspace_id: workspaceId,
      state,
      person_id: personId,
      credential: 'key',
      credential_id: 'key_x',
      read_only: false,
      request_id: 'req_x',
      ended_at: state === 'done' ? new Date() : null,
    })
    .execute();
  if (state === 'waiting') return id;
  await store
    .insertInto('chat_event')
    .values({
      chat_id: chatId,
      seq: '1',
      workspace_id: workspaceId,
      turn_id: id,
      type: 'message',
      data: JSON.stringify({ text: mark, by: personId, mode: 'agent' }),
    })
    .execute();
  return id;
}

/** One that somebody waits for. */
export async function makeApproval(shop: Workshop, place: Place, isDeleted = false): Promise<string> {
  const id = newId('apr');
  const chatId = await makeChat(shop, place, isDeleted);
  await shop.store
    .insertInto('chat_approval')
    .values({
      id,
      chat_id: chatId,
      turn_id: await makeTurn(shop, place, chatId, 'waiting'),
      workspace_id: place.workspaceId,
      person_id: place.personId,
      call_id: newId('call'),
      tool: 'push_to_connection',
      arguments: JSON.stringify({ mark: place.mark }),
      arguments_hash: Buffer.from('some'),
      state: 'wanted',
      expires_at: new Date(Date.now() + HOUR),
    })
    .execute();
  return id;
}

/** The chat that an approval is of; of one that is not there, any. */
export async function chatOf({ store }: Workshop, id: string): Promise<string> {
  if (id.includes('\0')) return newId('chat');
  const found = store.selectFrom('chat_approval').where('id', '=', id).select('chat_id');
  return (await found.executeTakeFirst())?.chat_id ?? newId('chat');
}
