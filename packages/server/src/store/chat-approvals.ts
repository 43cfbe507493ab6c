import { sql } from 'kysely';
import { newId } from '../ids.ts';
import type { Store } from './open-store.ts';

/** A call that somebody has to let be made. */
export interface StoredApproval {
  readonly id: string;
  readonly chatId: string;
  readonly turnId: string;
  readonly personId: string;
  readonly callId: string;
  readonly tool: string;
  readonly arguments: string;
  readonly hash: Buffer;
  readonly state: 'wanted' | 'approved' | 'used' | 'refused' | 'ended';
  readonly expiresAt: Date;
  readonly isExpired: boolean;
}

/** How long one may be given, and used. */
export const APPROVAL_MINUTES = 5;

const COLUMNS = [
  'id',
  'chat_id as chatId',
  'turn_id as turnId',
  'person_id as personId',
  'call_id as callId',
  'tool',
  'arguments',
  'arguments_hash as hash',
  'state',
  'expires_at as expiresAt',
  sql<boolean>`expires_at <= now()`.as('isExpired'),
] as const;

export interface WantedApproval {
  readonly chatId: string;
  readonly turnId: string;
  readonly workspaceId: string;
  readonly personId: string;
  readonly callId: string;
  readonly tool: string;
  /** As they are shown. */
  readonly arguments: string;
  readonly hash: Buffer;
}

/** The one call that an approval is good for. */
export type BoundCall = Pick<WantedApproval, 'chatId' | 'turnId' | 'personId' | 'callId' | 'tool' | 'hash'>;

export async function wantApproval(tx: Store, wanted: WantedApproval): Promise<{ id: string; expiresAt: Date }> {
  const id = newId('apr');
  const { expires_at: expiresAt } = await tx
    .insertInto('chat_approval')
    .values({
      id,
      chat_id: wanted.chatId,
      turn_id: wanted.turnId,
      workspace_id: wanted.workspaceId,
      person_id: wanted.personId,
      call_id: wanted.callId,
      tool: wanted.tool,
      arguments: wanted.arguments,
      arguments_hash: wanted.hash,
      state: 'wanted',
      expires_at: sql<Date>`now() + make_interval(mins => ${APPROVAL_MINUTES})`,
    })
    .returning('expires_at')
    .executeTakeFirstOrThrow();
  return { id, expiresAt };
}

/** An approval of a chat, held until the transaction ends. */
export const holdApproval = (tx: Store, chatId: string, id: string): Promise<StoredApproval | undefined> =>
  tx
    .selectFrom('chat_approval')
    .where('id', '=', id)
    .where('chat_id', '=', chatId)
    .select(COLUMNS)
    .forUpdate()
    .executeTakeFirst();

export const decideApproval = async (tx: Store, id: string, state: 'approved' | 'refused'): Promise<void> =>
  void (await tx
    .updateTable('chat_approval')
    .set({ state, decided_at: sql<Date>`now()` })
    .where('id', '=', id)
    .where('state', '=', 'wanted')
    .execute());

/**
 * Uses an approval up. All that it is bound to has to be the same as when it was given.
 * @returns whether there was one: then nobody else gets it any more
 */
export async function takeApproval(tx: Store, bound: BoundCall): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('chat_approval')
    .set({ state: 'used', used_at: sql<Date>`now()` })
    .where('chat_id', '=', bound.chatId)
    .where('turn_id', '=', bound.turnId)
    .where('person_id', '=', bound.personId)
    .where('call_id', '=', bound.callId)
    .where('tool', '=', bound.tool)
    .where('arguments_hash', '=', bound.hash)
    .where('state', '=', 'approved')
    .where('expires_at', '>', sql<Date>`now()`)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
