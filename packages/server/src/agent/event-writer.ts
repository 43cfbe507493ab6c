import type { NewChatEvent } from '../store/chat-events.ts';
import { addChatEvents } from '../store/chat-events.ts';
import { asHolder, type HeldTurn } from '../store/chat-turns.ts';
import type { Tenant } from '../store/tenant.ts';

/** Told when a turn is not this server's any more. */
export class TurnLost extends Error {
  constructor() {
    super('the turn is another server’s, or over');
    this.name = 'TurnLost';
  }
}

/**
 * Notes text as it comes: a piece at once, what comes while that is written together with what follows. So the first word is not
 * held back, and a long answer is not a transaction for each word.
 */
export class TextWriter {
  readonly #tenant: Tenant;
  readonly #turn: HeldTurn;
  readonly #told: () => void;
  #waiting: NewChatEvent[] = [];
  #writing: Promise<void> | undefined;

  /** @param told called when something was noted */
  constructor(tenant: Tenant, turn: HeldTurn, told: () => void) {
    this.#tenant = tenant;
    this.#turn = turn;
    this.#told = told;
  }

  add(next: NewChatEvent): void {
    const last = this.#waiting.at(-1);
    if (next.type === 'text' && last?.type === 'text') {
      const text = (last.data as { text: string }).text + (next.data as { text: string }).text;
      this.#waiting[this.#waiting.length - 1] = { type: 'text', data: { text } };
    } else this.#waiting.push(next);
    this.#writing ??= this.#write();
    // Whoever flushes hears of it.
    this.#writing.catch(() => undefined);
  }

  /** Waits until all is noted. @throws TurnLost */
  async flush(): Promise<void> {
    await this.#writing;
  }

  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const events = this.#waiting;
      this.#waiting = [];
      const { chatId, workspaceId, id: turnId } = this.#turn;
      const place = { chatId, workspaceId, turnId };
      const noted = await asHolder(this.#tenant, this.#turn, (tx) => addChatEvents(tx, place, events));
      if (noted === undefined) throw new TurnLost();
      this.#told();
    }
    this.#writing = undefined;
  }
}
