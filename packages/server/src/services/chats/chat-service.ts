import { event } from '../../agent/chat-events.ts';
import type { TurnRunner } from '../../agent/turn-runner.ts';
import { type ChatMode, RISKS } from '../../chat-kinds.ts';
import { ApiError, conflict, validationError } from '../../errors.ts';
import { newId } from '../../ids.ts';
import type { Cursors } from '../../security/cursor.ts';
import { isAtMost, isWithin } from '../../security/permissions.ts';
import { recordAct } from '../../store/audit.ts';
import { decideApproval, holdApproval } from '../../store/chat-approvals.ts';
import { addChatEvents } from '../../store/chat-events.ts';
import { scopesOfTurn } from '../../store/chat-holders.ts';
import type { ChatPermits } from '../../store/chat-tables.ts';
import {
  askToStop,
  beginTurn,
  endOpenTurn,
  type HeldTurn,
  lastTurnOf,
  openTurnOf,
  resumeTurn,
  type StoredTurn,
} from '../../store/chat-turns.ts';
import { ChatStore, type DeletedChat, holdChat, holdChats, moveChats, type StoredChat } from '../../store/chats.ts';
import type { Principal } from '../../store/keys.ts';
import { holdProject } from '../../store/projects.ts';
import type { Tenant } from '../../store/tenant.ts';
import { missing } from '../missing.ts';
import { type Page, pageOf } from '../page.ts';

const MOST_DELETED = 100;
const UNTITLED = 'New chat';
/** Of a chat that nobody has named, as much of its first message. */
const NAME_LENGTH = 60;
/** What a chat may do unless it is said otherwise: what leaves or is lost is asked for each time. */
const PERMITS: ChatPermits = { risks: RISKS, sensitive: false };

export interface ChatChange {
  readonly name?: string | undefined;
  readonly permits?: Partial<ChatPermits> | undefined;
}

/** A turn that was begun: where its events begin. */
export interface BegunTurn {
  readonly turnId: string;
  /** Number of the last event before it. */
  readonly after: string;
}

/** Use-cases of chats, for one project. Whatever is not in it does not exist. Everybody in it reads; the author speaks. */
export class ChatService {
  readonly #tenant: Tenant;
  readonly #chats: ChatStore;
  readonly #principal: Principal;
  readonly #cursors: Cursors;
  readonly #runner: TurnRunner;

  constructor(tenant: Tenant, principal: Principal, cursors: Cursors, runner: TurnRunner) {
    this.#tenant = tenant;
    this.#chats = new ChatStore(tenant, principal.projectId);
    this.#principal = principal;
    this.#cursors = cursors;
    this.#runner = runner;
  }

  list(limit: number, cursor: string | undefined): Promise<Page<StoredChat>> {
    const page = { cursors: this.#cursors, scope: `chats\0${this.#principal.projectId}`, limit, cursor };
    return pageOf(
      page,
      (most, before) => this.#chats.list(most, before),
      () => this.#chats.count(),
    );
  }

  listDeleted = (): Promise<DeletedChat[]> => this.#chats.listDeleted(MOST_DELETED);

  /** @throws ApiError forbidden */
  async create(name: string | undefined, said: Partial<ChatPermits> = {}): Promise<StoredChat> {
    const permits = { ...PERMITS, ...said };
    this.#refuseWider(PERMITS, permits);
    return this.#chats.create(newId('chat'), { name: name ?? UNTITLED, permits }, this.#principal);
  }

  /** @throws ApiError not_found */
  async find(id: string): Promise<StoredChat> {
    return (await this.#chats.find(id)) ?? missing('chat', id);
  }

  /** The turn that was begun last. */
  lastTurn = (id: string): Promise<StoredTurn | undefined> => lastTurnOf(this.#tenant, id);

  /** @throws ApiError not_found, forbidden, version_conflict */
  async change(id: string, { name, permits }: ChatChange, match: readonly number[] | undefined): Promise<StoredChat> {
    const changed = await this.#chats.update(id, this.#principal, (now) => {
      this.#refuseOthers(now);
      if (match !== undefined && !match.includes(now.version)) {
        throw new ApiError('version_conflict', `the chat is at version ${now.version}: read it again`);
      }
      const wanted = { ...now.permits, ...permits };
      this.#refuseWider(now.permits, wanted);
      return {
        ...(name === undefined ? {} : { name }),
        ...(permits === undefined ? {} : { permits: wanted }),
      };
    });
    return changed ?? missing('chat', id);
  }

  /** @throws ApiError not_found, forbidden */
  async delete(id: string): Promise<void> {
    const isThere = await this.#chats.delete(id, this.#principal, (now) => this.#refuseStrangers(now.createdBy));
    if (!isThere) missing('chat', id);
  }

  /** @throws ApiError not_found, forbidden */
  async restore(id: string): Promise<StoredChat> {
    const restored = await this.#chats.restore(id, this.#principal, (createdBy) => this.#refuseStrangers(createdBy));
    return restored ?? missing('chat', id);
  }

  /**
   * Says something, and has it answered; what is open waits for nobody any more.
   * @param tenant of the transaction that a request shares
   * @returns what was begun, to be started when the transaction is kept
   * @throws ApiError not_found, forbidden, conflict, validation_error
   */
  async say(
    tenant: Tenant,
    id: string,
    text: string,
    mode: ChatMode | undefined,
  ): Promise<BegunTurn & { readonly chat: StoredChat; readonly held: HeldTurn }> {
    const author = this.#speaker();
    return tenant(async (tx) => {
      const chat = (await holdChat(tx, author.projectId, id)) ?? missing('chat', id);
      this.#refuseOthers(chat);
      const fixed = chat.mode ?? mode ?? 'agent';
      if (mode !== undefined && mode !== fixed) {
        const message = `the chat is in the mode ${fixed}, since its first message`;
        const hint = `leave it out, or begin a new chat in the mode ${mode}`;
        throw validationError([{ code: 'mode_is_fixed', pointer: '/mode', message, hint }]);
      }
      if (!this.#runner.hasRoom) {
        const wait = { 'Retry-After': '5' };
        throw new ApiError('rate_limited', 'the server works on as many messages as it can', [], wait);
      }
      const open = await openTurnOf(tx, id);
      if (open?.state === 'running') {
        throw conflict('turn_is_open', 'the last message is still being worked on', 'wait for its end, or stop it');
      }
      if (open !== undefined) await endOpenTurn(tx, id, 'stopped');
      const { last_seq: after } = await tx
        .selectFrom('chat')
        .where('id', '=', id)
        .select('last_seq')
        .executeTakeFirstOrThrow();
      const said = event('message', { text, by: author.personId, mode: fixed });
      const held = await beginTurn(tx, id, author, fixed, [said]);
      if (chat.mode === null && chat.name === UNTITLED) {
        const name = text.trim().replace(/\s+/g, ' ').slice(0, NAME_LENGTH) || UNTITLED;
        await tx.updateTable('chat').set({ name }).where('id', '=', id).execute();
      }
      await recordAct(tx, author, { action: 'chat.message', subjectId: id, details: { turn: held.id, mode: fixed } });
      return { turnId: held.id, after, chat: { ...chat, mode: fixed }, held };
    });
  }

  /** Ends what is being worked on. @throws ApiError not_found, forbidden */
  async stop(id: string): Promise<StoredTurn | undefined> {
    await this.#tenant(async (tx) => {
      const chat = (await holdChat(tx, this.#principal.projectId, id)) ?? missing('chat', id);
      this.#refuseStrangers(chat.createdBy);
      const open = await openTurnOf(tx, id);
      if (open === undefined) return;
      if (open.state === 'waiting') await endOpenTurn(tx, id, 'stopped');
      else await askToStop(tx, id, open.id);
      await recordAct(tx, this.#principal, { action: 'chat.stopped', subjectId: id, details: { turn: open.id } });
    });
    return this.lastTurn(id);
  }

  /**
   * Lets a call be made, once, as it was shown; or does not. The turn goes on.
   * @throws ApiError not_found, forbidden, conflict
   */
  async decide(id: string, approvalId: string, isApproved: boolean): Promise<void> {
    const author = this.#speaker();
    const { chat, held, requestId } = await this.#tenant(async (tx) => {
      const found = (await holdChat(tx, author.projectId, id)) ?? missing('approval', approvalId);
      this.#refuseOthers(found);
      const open = await openTurnOf(tx, id);
      const approval = (await holdApproval(tx, id, approvalId)) ?? missing('approval', approvalId);
      if (approval.personId !== author.personId) {
        throw new ApiError('forbidden', 'the call would be made on behalf of somebody else: only they approve it');
      }
      if (approval.state !== 'wanted' || approval.isExpired || open?.id !== approval.turnId) {
        const message = approval.isExpired
          ? 'the approval was wanted too long ago'
          : 'the approval is decided, or over';
        throw conflict('approval_is_over', message, 'say again what you want to be done');
      }
      // The call is made, and the turn goes on, with what whoever spoke may: whoever lets it may no less.
      if (isApproved && !isWithin(await scopesOfTurn(tx, approval.turnId), author.scopes)) {
        throw new ApiError('forbidden', 'the call would be made with scopes that this key does not have');
      }
      await decideApproval(tx, approvalId, isApproved ? 'approved' : 'refused');
      const turn = { id: approval.turnId, chatId: id, workspaceId: author.workspaceId, personId: author.personId };
      const again = await resumeTurn(tx, turn);
      if (again === undefined)
        throw conflict('approval_is_over', 'the turn does not wait any more', 'look at the chat');
      const { callId, tool, hash } = approval;
      const decision = event('decision', { id: approvalId, call: callId, approved: isApproved, by: author.personId });
      await addChatEvents(tx, { chatId: id, turnId: turn.id, workspaceId: turn.workspaceId }, [decision]);
      const details = {
        approval: approvalId,
        turn: turn.id,
        call: callId,
        tool,
        arguments_sha256: hash.toString('hex'),
      };
      const action = isApproved ? 'chat.approved' : 'chat.refused';
      await recordAct(tx, author, { action, subjectId: id, details });
      return { chat: found, held: again, requestId: open.requestId };
    });
    this.#runner.start(chat, held, requestId);
  }

  /** Moves chats to another project of the workspace, all or none. @throws ApiError not_found, forbidden, conflict */
  async move(given: readonly string[], targetId: string): Promise<void> {
    const { workspaceId, projectId, onlyProject } = this.#principal;
    const ids = [...new Set(given)];
    await this.#tenant(async (tx) => {
      const seen = { workspaceId, projectId: onlyProject ? projectId : undefined };
      if ((await holdProject(tx, seen, targetId)) === undefined) missing('project', targetId);
      const held = await holdChats(tx, projectId, ids);
      const absent = ids.find((id) => held.every((one) => one.id !== id));
      if (absent !== undefined) missing('chat', absent);
      for (const { createdBy } of held) this.#refuseStrangers(createdBy);
      if (targetId === projectId) return;
      for (const { id } of held) {
        if ((await openTurnOf(tx, id)) === undefined) continue;
        throw conflict('turn_is_open', `${id} is being worked on: nothing was moved`, 'wait for its end, or stop it');
      }
      await moveChats(tx, ids, targetId);
      for (const { id, name } of held) {
        const details = { name, from: projectId, to: targetId };
        await recordAct(tx, this.#principal, { action: 'chat.moved', subjectId: id, projectId: targetId, details });
      }
    });
  }

  /** Whoever speaks does so with a key or a session: an agent or a script does not. @throws ApiError forbidden */
  #speaker(): Principal & { readonly credential: 'key' | 'session' } {
    const { credential } = this.#principal;
    if (credential === 'key' || credential === 'session') return { ...this.#principal, credential };
    throw new ApiError('forbidden', 'chats are for people');
  }

  /** What is done in a chat is done with its author's rights. @throws ApiError forbidden */
  #refuseOthers({ createdBy }: StoredChat): void {
    if (createdBy === this.#principal.personId) return;
    throw new ApiError('forbidden', 'the chat is somebody else’s: read it, or begin one of your own');
  }

  /** Whoever speaks in the chat later may have more than a key that is for some things only. @throws ApiError forbidden */
  #refuseWider(now: ChatPermits, wanted: ChatPermits): void {
    const isWider = (wanted.sensitive && !now.sensitive) || wanted.risks.some((risk) => !now.risks.includes(risk));
    if (!isWider || this.#principal.scopes === null) return;
    throw new ApiError(
      'forbidden',
      'a key with scopes does not widen what a chat permits: use a key without, or sign in',
    );
  }

  /** @throws ApiError forbidden */
  #refuseStrangers(createdBy: string): void {
    if (createdBy === this.#principal.personId || isAtMost('admin', this.#principal.role)) return;
    throw new ApiError('forbidden', 'the chat is somebody else’s: that is for its author and for administrators');
  }
}
