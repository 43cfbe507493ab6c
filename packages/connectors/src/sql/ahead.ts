import { setImmediate as turn } from 'node:timers/promises';

/** An item of a source, and what was made of it; making it may have failed, which is told to whoever asks for it. */
export interface Made<Item, Ready> {
  readonly item: Item;
  /** @throws what `make` threw */
  ready(): Ready;
}

/**
 * Goes through a source and makes something of each item. Between two of them the next may be got and made while there is something
 * to wait for; what goes wrong with it is told at its turn.
 */
export class Ahead<Item, Ready> {
  readonly #source: AsyncGenerator<Item>;
  readonly #make: (item: Item) => Ready;
  #next: Promise<Made<Item, Ready> | undefined> | undefined;

  constructor(source: AsyncGenerator<Item>, make: (item: Item) => Ready) {
    this.#source = source;
    this.#make = make;
  }

  /** Gets the next item ready, when what was asked for just now is on its way. */
  lookAhead(): void {
    this.#next ??= turn().then(() => this.#pull());
    // Told at its turn, if that comes.
    this.#next.catch(() => undefined);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Made<Item, Ready>> {
    try {
      for (;;) {
        const one = await (this.#next ?? this.#pull());
        this.#next = undefined;
        if (one === undefined) return;
        yield one;
      }
    } finally {
      const end = this.#source.return(undefined);
      // A source that is being asked may take its time: nobody waits for what is not wanted any more.
      if (this.#next === undefined) await end;
      else end.catch(() => undefined);
    }
  }

  async #pull(): Promise<Made<Item, Ready> | undefined> {
    const { done, value: item } = await this.#source.next();
    if (done === true) return undefined;
    try {
      const made = this.#make(item);
      return { item, ready: () => made };
    } catch (error) {
      return {
        item,
        ready: () => {
          throw error;
        },
      };
    }
  }
}
