import { randomText } from './random-text.ts';
/**
 * The Idempotency-Key of what a form sends: the same for the same text until that has worked, so that a second press, or another try
 * after an answer that was lost, has no second effect.
 */
export class RepeatKey {
  #kept: { readonly text: string; readonly key: string } | undefined;

  /** The key for a request. @param text all that tells it from another: path and body */
  of(text: string): string {
    if (this.#kept?.text !== text) this.#kept = { text, key: randomText() };
    return this.#kept.key;
  }

  /** That a request has worked: the next one is another, also with the same text. What is under way by then keeps its key. */
  done(key: string): void {
    if (this.#kept?.key === key) this.#kept = undefined;
  }
}
