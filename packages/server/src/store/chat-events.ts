import { sql } from 'kysely';
import type { Store } from './open-store.ts';
import { tellServers } from './run-logs.ts';
import type { Tenant } from './tenant.ts';

/** Something that happened in a chat. */
export interface StoredChatEvent {
  readonly seq: string;
  readonly turnId: string;
  readonly type: string;
  readonly data: object;
  readonly at: Date;
}

/** Something that happens, to be noted. */
export interface NewChatEvent {
  readonly type: string;
  readonly data: object;
}

/**
 * Notes what happened, behind all that was noted before: the row of the chat is held until the transaction ends, so numbers
 * come in the order in which they are seen.
 * @returns the number of the last one
 */
export async function addChatEvents(
  tx: Store,
  turn: { readonly chatId: string; readonly turnId: string; readonly workspaceId: string },
  events: readonly NewChatEvent[],
): Promise<string> {
  const { last_seq: last } = await tx
    .updateTable('chat')
    .set({ last_seq: sql<string>`last_seq + ${events.length}` })
    .where('id', '=', turn.chatId)
    .returning('last_seq')
    .executeTakeFirstOrThrow();
  if (events.length === 0) return last;
  const first = BigInt(last) - BigInt(events.length) + 1n;
  await tx
    .insertInto('chat_event')
    .values(
      events.map(({ type, data }, index) => ({
        chat_id: turn.chatId,
        turn_id: turn.turnId,
        workspace_id: turn.workspaceId,
        seq: String(first + BigInt(index)),
        type,
        data: JSON.stringify(data),
      })),
    )
    .execute();
  await tellServers(tx, turn.chatId);
  return last;
}

/** What happened behind a number, in order. */
export const eventsAfter = (tenant: Tenant, chatId: string, after: string, limit: number): Promise<StoredChatEvent[]> =>
  tenant((tx) =>
    tx
      .selectFrom('chat_event')
      .where('chat_id', '=', chatId)
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(limit)
      .select(['seq', 'turn_id as turnId', 'type', 'data', 'at'])
      .execute(),
  );

/** What happened last, in order: at most so many events of at most so many bytes. */
export const lastEvents = (tenant: Tenant, chatId: string, most: number, bytes: number): Promise<StoredChatEvent[]> =>
  tenant(async (tx) => {
    const { rows } = await sql<StoredChatEvent>`
      SELECT seq, turn_id AS "turnId", type, data, at FROM (
        SELECT *, sum(octet_length(data::text)) OVER (ORDER BY seq DESC) AS size FROM (
          SELECT * FROM chat_event WHERE chat_id = ${chatId} ORDER BY seq DESC LIMIT ${most}) AS last) AS sized
       WHERE size <= ${bytes}
       ORDER BY seq`.execute(tx);
    return rows;
  });
