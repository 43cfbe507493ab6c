import { MAX_NOTICES } from './limits.ts';

/** Where in the source something stands: a line for texts, a JSON pointer for documents. */
export interface Place {
  /** From 1. */
  readonly line?: number;
  /** RFC 6901. */
  readonly pointer?: string;
}

/** Something of the source that the template does not say, or says in another way. */
export interface Notice extends Place {
  /** Stable, snake_case. */
  readonly code: string;
  /** What it is about, such as `orders.total`. */
  readonly subject?: string;
  readonly message: string;
  /** How often the same is there, where that is more than once; the place is the first. */
  readonly times?: number;
}

const MAX_MESSAGE = 300;

/** Collects notices. The same thing said again is counted, and past the limit only their number is kept. */
export class Notices {
  readonly #byKey = new Map<string, { notice: Notice; times: number }>();
  #left = 0;

  /** @param key notices of one code with the same key are told once, with their number; without one, those that say the same of the same pointer or subject */
  add(
    code: string,
    place: Place,
    message: string,
    subject?: string,
    key = `${place.pointer ?? subject ?? ''}\0${message}`,
  ): void {
    const id = `${code}\0${key}`;
    const known = this.#byKey.get(id);
    if (known !== undefined) {
      known.times++;
    } else if (this.#byKey.size >= MAX_NOTICES) {
      this.#left++;
    } else {
      const text = message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE)}…` : message;
      const notice = { code, ...place, ...(subject === undefined ? {} : { subject }), message: text.toWellFormed() };
      this.#byKey.set(id, { notice, times: 1 });
    }
  }

  list(): Notice[] {
    const all = [...this.#byKey.values()].map(({ notice, times }) => (times === 1 ? notice : { ...notice, times }));
    if (this.#left === 0) return all;
    const message = `${this.#left} more notices are not listed: import fewer entities at once to see them`;
    return [...all, { code: 'more_notices', message }];
  }
}
