import { eventsAfter, type StoredChatEvent } from '../../store/chat-events.ts';
import { lastTurnOf } from '../../store/chat-turns.ts';
import type { Tenant } from '../../store/tenant.ts';

const BATCH = 200;

/** What happened in a chat that somebody may see. */
export class ChatReader {
  readonly chatId: string;
  readonly #tenant: Tenant;

  constructor(tenant: Tenant, chatId: string) {
    this.#tenant = tenant;
    this.chatId = chatId;
  }

  /** All that there is behind a number, some at a time. */
  async *after(seq: string): AsyncGenerator<readonly StoredChatEvent[]> {
    for (let after = seq; ; ) {
      const batch = await eventsAfter(this.#tenant, this.chatId, after, BATCH);
      if (batch.length > 0) yield batch;
      if (batch.length < BATCH) return;
      after = batch.at(-1)?.seq ?? after;
    }
  }

  /** Whether something is still to come. */
  async isOpen(): Promise<boolean> {
    const turn = await lastTurnOf(this.#tenant, this.chatId);
    return turn?.state === 'running' || turn?.state === 'waiting';
  }
}
