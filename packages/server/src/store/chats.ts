import { sql } from 'kysely';
import type { ChatMode } from '../chat-kinds.ts';
import { recordAct } from './audit.ts';
import type { ChatPermits } from './chat-tables.ts';
import { endOpenTurn } from './chat-turns.ts';
import type { Principal } from './keys.ts';
import type { Store } from './open-store.ts';
import { PURGE_AT } from './purge.ts';
import type { Tenant } from './tenant.ts';

export interface StoredChat {
  readonly id: string;
  readonly ordinal: string;
  readonly projectId: string;
  readonly name: string;
  readonly version: number;
  /** null: nothing was said yet. */
  readonly mode: ChatMode | null;
  readonly permits: ChatPermits;
  readonly lastSeq: string;
  readonly inputTokens: string;
  readonly outputTokens: string;
  readonly modelCalls: string;
  readonly cost: string;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface DeletedChat {
  readonly id: string;
  readonly name: string;
  readonly deletedAt: Date;
  /** From then on it cannot be restored. */
  readonly purgeAt: Date;
}

export interface ChatContent {
  readonly name: string;
  readonly permits: ChatPermits;
}

const COLUMNS = [
  'id',
  'ordinal',
  'project_id as projectId',
  'name',
  'version',
  'mode',
  'permits',
  'last_seq as lastSeq',
  'input_tokens as inputTokens',
  'output_tokens as outputTokens',
  'model_calls as modelCalls',
  'cost',
  'created_by as createdBy',
  'created_at as createdAt',
  'updated_at as updatedAt',
] as const;

const current = (tx: Store, projectId: string) =>
  tx.selectFrom('chat').where('project_id', '=', projectId).where('deleted_at', 'is', null);

/** The chats of one project: every query is bound to it. */
export class ChatStore {
  readonly #tenant: Tenant;
  readonly #projectId: string;

  constructor(tenant: Tenant, projectId: string) {
    this.#tenant = tenant;
    this.#projectId = projectId;
  }

  /** The newest first, those before `before` in order of creation. */
  list(limit: number, before: string | undefined): Promise<StoredChat[]> {
    return this.#tenant((tx) => {
      const query = current(tx, this.#projectId).select(COLUMNS).orderBy('ordinal', 'desc').limit(limit);
      return (before === undefined ? query : query.where('ordinal', '<', before)).execute();
    });
  }

  async count(): Promise<number> {
    const { total } = await this.#tenant((tx) =>
      current(tx, this.#projectId).select(sql<string>`count(*)`.as('total')).executeTakeFirstOrThrow(),
    );
    return Number(total);
  }

  find(id: string): Promise<StoredChat | undefined> {
    return this.#tenant((tx) => findChat(tx, this.#projectId, id));
  }

  create(id: string, { name, permits }: ChatContent, author: Principal): Promise<StoredChat> {
    return this.#tenant(async (tx) => {
      await tx
        .insertInto('chat')
        .values({
          id,
          workspace_id: author.workspaceId,
          project_id: this.#projectId,
          name,
          mode: null,
          permits: JSON.stringify(permits),
          created_by: author.personId,
        })
        .execute();
      await recordAct(tx, author, { action: 'chat.created', subjectId: id, details: { name, permits } });
      return (await findChat(tx, this.#projectId, id)) as StoredChat;
    });
  }

  /**
   * @param change sees the chat, which cannot change meanwhile
   * @returns undefined when there is no such chat
   */
  update(
    id: string,
    author: Principal,
    change: (now: StoredChat) => Partial<ChatContent>,
  ): Promise<StoredChat | undefined> {
    return this.#tenant(async (tx) => {
      const now = await holdChat(tx, this.#projectId, id);
      if (now === undefined) return undefined;
      const { name = now.name, permits = now.permits } = change(now);
      if (name === now.name && JSON.stringify(permits) === JSON.stringify(now.permits)) return now;
      await tx
        .updateTable('chat')
        .set({ name, permits: JSON.stringify(permits), version: now.version + 1, updated_at: sql`now()` })
        .where('id', '=', id)
        .execute();
      await recordAct(tx, author, { action: 'chat.changed', subjectId: id, details: { name, permits } });
      return findChat(tx, this.#projectId, id);
    });
  }

  /** @param check sees the chat, which cannot change meanwhile @returns whether there was one to delete */
  delete(id: string, author: Principal, check: (now: StoredChat) => void): Promise<boolean> {
    return this.#tenant(async (tx) => {
      const now = await holdChat(tx, this.#projectId, id);
      if (now === undefined) return false;
      check(now);
      await endOpenTurn(tx, id, 'stopped');
      await tx.updateTable('chat').set({ deleted_at: sql`now()`, purge_at: PURGE_AT }).where('id', '=', id).execute();
      await recordAct(tx, author, { action: 'chat.deleted', subjectId: id });
      return true;
    });
  }

  /** Takes a deletion back; one that is not deleted stays as it is. @param check sees whose it is */
  restore(id: string, author: Principal, check: (createdBy: string) => void): Promise<StoredChat | undefined> {
    return this.#tenant(async (tx) => {
      const found = await tx
        .selectFrom('chat')
        .where('id', '=', id)
        .where('project_id', '=', this.#projectId)
        .select(['created_by', 'deleted_at'])
        .select(sql<boolean>`coalesce(purge_at > now(), true)`.as('isKept'))
        .forUpdate()
        .executeTakeFirst();
      if (found === undefined || !found.isKept) return undefined;
      check(found.created_by);
      if (found.deleted_at !== null) {
        await tx
          .updateTable('chat')
          // That it comes into its project is looked at anew: that may have been deleted meanwhile.
          .set({ deleted_at: null, purge_at: null, project_id: this.#projectId })
          .where('id', '=', id)
          .execute();
        await recordAct(tx, author, { action: 'chat.restored', subjectId: id });
      }
      return findChat(tx, this.#projectId, id);
    });
  }

  /** The last deleted first. */
  listDeleted(limit: number): Promise<DeletedChat[]> {
    return this.#tenant((tx) =>
      tx
        .selectFrom('chat')
        .where('project_id', '=', this.#projectId)
        .where('purge_at', '>', sql<Date>`now()`)
        .orderBy('deleted_at', 'desc')
        .orderBy('ordinal', 'desc')
        .limit(limit)
        .select(['id', 'name'])
        .select([sql<Date>`deleted_at`.as('deletedAt'), sql<Date>`purge_at`.as('purgeAt')])
        .execute(),
    );
  }
}

const findChat = (tx: Store, projectId: string, id: string): Promise<StoredChat | undefined> =>
  current(tx, projectId).where('id', '=', id).select(COLUMNS).executeTakeFirst();

/** A chat that stays as it is until the transaction ends. */
export const holdChat = (tx: Store, projectId: string, id: string): Promise<StoredChat | undefined> =>
  current(tx, projectId).where('id', '=', id).select(COLUMNS).forUpdate().executeTakeFirst();

/** Those of the chats that are there, held until the transaction ends. */
export const holdChats = (tx: Store, projectId: string, ids: readonly string[]): Promise<StoredChat[]> =>
  current(tx, projectId)
    .where('id', 'in', [...ids])
    .select(COLUMNS)
    .orderBy('id')
    .forUpdate()
    .execute();

/** Puts chats into another project. */
export const moveChats = async (tx: Store, ids: readonly string[], projectId: string): Promise<void> =>
  void (await tx
    .updateTable('chat')
    .set({ project_id: projectId, updated_at: sql`now()` })
    .where('id', 'in', [...ids])
    .execute());
