/**
 * Asks once for all who want to know the same at about the same time. Whoever asks while an answer is under way gets the next one: what they have
 * heard of before they asked is in it.
 */
export class AskedOnce {
  readonly #underWay = new Map<string, Promise<unknown>>();
  readonly #next = new Map<string, Promise<unknown>>();

  /** @param key of the question @throws what `ask` throws, to all of them */
  async get<T>(key: string, ask: () => Promise<T>): Promise<T> {
    const running = this.#underWay.get(key);
    if (running === undefined) return this.#begin(key, ask);
    const waiting = this.#next.get(key) as Promise<T> | undefined;
    if (waiting !== undefined) return waiting;
    const next = running.then(
      () => this.#turn(key, ask),
      () => this.#turn(key, ask),
    );
    this.#next.set(key, next);
    return next;
  }

  #turn<T>(key: string, ask: () => Promise<T>): Promise<T> {
    this.#next.delete(key);
    return this.#begin(key, ask);
  }

  #begin<T>(key: string, ask: () => Promise<T>): Promise<T> {
    const running = ask().finally(() => {
      if (this.#underWay.get(key) === running) this.#underWay.delete(key);
    });
    this.#underWay.set(key, running);
    return running;
  }
}
