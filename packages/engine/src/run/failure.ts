/**
 * What ends a run from outside: an aborted signal, a worker that failed. `Promise.race` with a promise that lives as long as
 * the run would keep something for every race; here there is one wait at a time, and nothing is kept.
 */
export class Failure {
  #error: { readonly reason: unknown } | undefined;
  #reject: ((reason: unknown) => void) | undefined;

  /** Rejects the wait of the moment, and every one to come. Only the first reason counts. */
  fail(reason: unknown): void {
    this.#error ??= { reason };
    this.#reject?.(this.#error.reason);
  }

  /** Waits for the promise, unless there is a failure first. Not to be called again before it has settled. */
  async or<T>(promise: PromiseLike<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#reject = reject;
      promise.then(resolve, reject);
      if (this.#error !== undefined) reject(this.#error.reason);
    });
  }
}
