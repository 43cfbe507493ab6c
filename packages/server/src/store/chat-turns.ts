import { sql } from 'kysely';
import type { ChatMode, TurnState } from '../chat-kinds.ts';
import { newId } from '../ids.ts';
import { recordAct } from './audit.ts';
import { addChatEvents, type NewChatEvent } from './chat-events.ts';
import type { Principal } from './keys.ts';
import type { Store } from './open-store.ts';
import { tellServers } from './run-logs.ts';
import type { Tenant } from './tenant.ts';

/** A turn that a server works on. What it writes is refused as soon as the turn is its own no more. */
export interface HeldTurn {
  readonly id: string;
  readonly chatId: string;
  readonly workspaceId: string;
  readonly personId: string;
  readonly token: string;
}

/** How far a turn is. */
export interface StoredTurn {
  readonly id: string;
  readonly state: TurnState;
  readonly personId: string;
  readonly isTainted: boolean;
  readonly isStopAsked: boolean;
  readonly steps: number;
  readonly tokens: number;
  readonly cost: number;
  readonly requestId: string;
}

/** What a step has used up. */
export interface Used {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cost: number;
}

/** A server that says nothing for so long has died. By the clock of the database, which is one for all. */
const LEASE = sql`interval '15 seconds'`;

const TURN = [
  'id',
  'state',
  'person_id as personId',
  'tainted as isTainted',
  'stop_asked as isStopAsked',
  'step_count as steps',
  sql<number>`token_count::float8`.as('tokens'),
  sql<number>`cost::float8`.as('cost'),
  'request_id as requestId',
] as const;

/** Begins a turn with what somebody said. The chat is held by the transaction, and has no turn that is open. */
export async function beginTurn(
  tx: Store,
  chatId: string,
  author: Principal & { readonly credential: 'key' | 'session' },
  mode: ChatMode,
  events: readonly NewChatEvent[],
): Promise<HeldTurn> {
  const { workspaceId, personId } = author;
  const held = { id: newId('turn'), chatId, workspaceId, personId, token: newId('turn') };
  await tx
    .insertInto('chat_turn')
    .values({
      id: held.id,
      chat_id: chatId,
      workspace_id: workspaceId,
      state: 'running',
      person_id: personId,
      credential: author.credential,
      credential_id: author.keyId,
      read_only: author.readOnly,
      request_id: author.requestId,
      // What was read in turns before is still told to the model.
      tainted: sql<boolean>`EXISTS (SELECT FROM chat_turn AS earlier WHERE earlier.chat_id = ${chatId} AND earlier.tainted)`,
      token: held.token,
      lease_until: sql<Date>`now() + ${LEASE}`,
    })
    .execute();
  await tx.updateTable('chat').set({ mode, updated_at: sql`now()` }).where('id', '=', chatId).execute();
  await addChatEvents(tx, { chatId, turnId: held.id, workspaceId }, events);
  return held;
}

/** The turn of a chat that has not ended, held until the transaction ends. */
export const openTurnOf = (tx: Store, chatId: string): Promise<StoredTurn | undefined> =>
  tx
    .selectFrom('chat_turn')
    .where('chat_id', '=', chatId)
    .where('ended_at', 'is', null)
    .select(TURN)
    .forUpdate()
    .executeTakeFirst();

/** The newest turn of a chat. */
export const lastTurnOf = (tenant: Tenant, chatId: string): Promise<StoredTurn | undefined> =>
  tenant((tx) =>
    tx
      .selectFrom('chat_turn')
      .where('chat_id', '=', chatId)
      .orderBy('ordinal', 'desc')
      .limit(1)
      .select(TURN)
      .executeTakeFirst(),
  );

/** Takes a turn up again that has waited. @returns undefined when it does not wait any more */
export async function resumeTurn(tx: Store, turn: Omit<HeldTurn, 'token'>): Promise<HeldTurn | undefined> {
  const token = newId('turn');
  const { numUpdatedRows } = await tx
    .updateTable('chat_turn')
    .set({ state: 'running', token, lease_until: sql<Date>`now() + ${LEASE}` })
    .where('id', '=', turn.id)
    .where('state', '=', 'waiting')
    .executeTakeFirst();
  return numUpdatedRows === 0n ? undefined : { ...turn, token };
}

/**
 * Says that the server lives. A lease that has run out is taken up again as long as nobody has ended the turn: the token says whose
 * it is, so a server that got no time for a while has lost nothing by it.
 * @returns `stop` when somebody wants it to end, `over` when it is the server's no more
 */
export async function renewTurn(tenant: Tenant, { id, token }: HeldTurn): Promise<'go on' | 'stop' | 'over'> {
  const row = await tenant((tx) =>
    tx
      .updateTable('chat_turn')
      .set({ lease_until: sql<Date>`now() + ${LEASE}` })
      .where('id', '=', id)
      .where('token', '=', token)
      .returning('stop_asked')
      .executeTakeFirst(),
  );
  if (row === undefined) return 'over';
  return row.stop_asked ? 'stop' : 'go on';
}

/**
 * Does something while the turn is this server's, which it stays until the transaction ends and for a lease from its beginning on:
 * whoever works on it lives.
 * @returns undefined when it is not
 */
export function asHolder<T>(
  tenant: Tenant,
  turn: HeldTurn,
  act: (tx: Store, now: StoredTurn) => Promise<T>,
): Promise<T | undefined> {
  return tenant(async (tx) => {
    // Whoever holds both begins with the chat, so that nobody waits for each other.
    await tx.selectFrom('chat').where('id', '=', turn.chatId).select('id').forUpdate().execute();
    const now = await tx
      .updateTable('chat_turn')
      .set({ lease_until: sql<Date>`now() + ${LEASE}` })
      .where('id', '=', turn.id)
      .where('token', '=', turn.token)
      .returning(TURN)
      .executeTakeFirst();
    return now === undefined ? undefined : act(tx, now);
  });
}

/** Counts what a step of a turn has used, for the turn and for its chat. */
export async function countUse(tx: Store, turn: HeldTurn, used: Used): Promise<void> {
  const { inputTokens, outputTokens, cost } = used;
  await tx
    .updateTable('chat_turn')
    .set({
      step_count: sql<number>`step_count + 1`,
      token_count: sql<string>`token_count + ${inputTokens + outputTokens}`,
      cost: sql<string>`cost + ${cost}`,
    })
    .where('id', '=', turn.id)
    .execute();
  await tx
    .updateTable('chat')
    .set({
      input_tokens: sql<string>`input_tokens + ${inputTokens}`,
      output_tokens: sql<string>`output_tokens + ${outputTokens}`,
      model_calls: sql<string>`model_calls + 1`,
      cost: sql<string>`cost + ${cost}`,
    })
    .where('id', '=', turn.chatId)
    .execute();
}

export const taintTurn = async (tx: Store, id: string): Promise<void> =>
  void (await tx.updateTable('chat_turn').set({ tainted: true }).where('id', '=', id).execute());

/** Lets a turn wait for somebody. */
export const pauseTurn = async (tx: Store, id: string): Promise<void> =>
  void (await tx
    .updateTable('chat_turn')
    .set({ state: 'waiting', token: null, lease_until: null })
    .where('id', '=', id)
    .execute());

/** Ends a turn, and whatever approvals it has asked for. */
export async function endTurn(
  tx: Store,
  id: string,
  state: Exclude<TurnState, 'running' | 'waiting'>,
): Promise<boolean> {
  const ended = await tx
    .updateTable('chat_turn')
    .set({ state, token: null, lease_until: null, ended_at: sql<Date>`now()` })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  await tx
    .updateTable('chat_approval')
    .set({ state: 'ended' })
    .where('turn_id', '=', id)
    .where('state', 'in', ['wanted', 'approved'])
    .execute();
  return ended.numUpdatedRows > 0n;
}

/** What a turn says at last. */
export const endOf = (state: TurnState, more: object = {}): NewChatEvent => ({
  type: 'done',
  data: { state, ...more },
});

/** Ends the turn of a chat that is open, whoever works on it. @returns whether there was one */
export async function endOpenTurn(tx: Store, chatId: string, state: 'stopped' | 'lost'): Promise<boolean> {
  const open = await tx
    .selectFrom('chat_turn')
    .where('chat_id', '=', chatId)
    .where('ended_at', 'is', null)
    .select(['id', 'workspace_id'])
    .forUpdate()
    .executeTakeFirst();
  if (open === undefined) return false;
  await endTurn(tx, open.id, state);
  await addChatEvents(tx, { chatId, turnId: open.id, workspaceId: open.workspace_id }, [endOf(state)]);
  return true;
}

/** Name of the signal that somebody wants the turn of a chat to end. */
export const stopOf = (chatId: string): string => `stop ${chatId}`;

/** Asks whoever works on a turn to end it. */
export async function askToStop(tx: Store, chatId: string, turnId: string): Promise<void> {
  await tx.updateTable('chat_turn').set({ stop_asked: true }).where('id', '=', turnId).execute();
  await tellServers(tx, stopOf(chatId));
}

/** What a turn says whose server went away: calls that have no result may have been made. */
const LOST: NewChatEvent = {
  type: 'error',
  data: {
    code: 'server_lost',
    message: 'the server that worked on this went away; whether its last call was made is not known',
    hint: 'look at what is there, then say how to go on',
  },
};

const EXPIRED: NewChatEvent = {
  type: 'error',
  data: {
    code: 'approval_expired',
    message: 'nobody approved the call in time; it was not made',
    hint: 'say again what you want to be done',
  },
};

/** Ends turns of a workspace whose server has died, and those that wait for approvals which have expired. */
export function endStaleTurns(tenant: Tenant, workspaceId: string): Promise<void> {
  return tenant(async (tx) => {
    const { rows } = await stale(tx, workspaceId, undefined);
    for (const { chatId } of rows) {
      await tx.selectFrom('chat').where('id', '=', chatId).select('id').forUpdate().execute();
      // Meanwhile its server may have come again, or somebody may have decided.
      const [turn] = (await stale(tx, workspaceId, chatId)).rows;
      if (turn === undefined) continue;
      const { id, state, personId, requestId } = turn;
      const end = state === 'running' ? 'lost' : 'stopped';
      await endTurn(tx, id, end);
      const what = state === 'running' ? LOST : EXPIRED;
      await addChatEvents(tx, { chatId, turnId: id, workspaceId }, [what, endOf(end)]);
      const actor = { workspaceId, projectId: null, personId, keyId: null, requestId };
      await recordAct(tx, actor, { action: 'chat.turn_ended', subjectId: chatId, details: { turn: id, state: end } });
    }
  });
}

interface StaleTurn {
  readonly id: string;
  readonly chatId: string;
  readonly state: TurnState;
  readonly personId: string;
  readonly requestId: string;
}

const stale = (tx: Store, workspaceId: string, chatId: string | undefined) =>
  sql<StaleTurn>`
  SELECT id, chat_id AS "chatId", state, person_id AS "personId", request_id AS "requestId" FROM chat_turn
   WHERE workspace_id = ${workspaceId} AND ended_at IS NULL AND chat_id = coalesce(${chatId ?? null}, chat_id)
     AND (state = 'running' AND lease_until < now()
          OR state = 'waiting' AND NOT EXISTS (
            SELECT FROM chat_approval
             WHERE turn_id = chat_turn.id AND chat_approval.state = 'wanted' AND expires_at > now()))
   ORDER BY chat_id LIMIT 100`.execute(tx);
