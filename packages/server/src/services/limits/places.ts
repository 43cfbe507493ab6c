import { ApiError } from '../../errors.ts';

interface Waiting {
  readonly workspaceId: string;
  readonly go: () => void;
}

/** Places that are taken for a while, some of each workspace's: one of them cannot have all. */
export class Places {
  readonly #atOnce: number;
  readonly #ofWorkspace: number;
  readonly #waitMs: number;
  readonly #busy: string;
  readonly #taken = new Map<string, number>();
  #all = 0;
  readonly #waiting: Waiting[] = [];

  /**
   * @param waitMs for a place, at most
   * @param busy what is told when there was none
   */
  constructor(atOnce: number, ofWorkspace: number, waitMs: number, busy: string) {
    this.#atOnce = atOnce;
    this.#ofWorkspace = ofWorkspace;
    this.#waitMs = waitMs;
    this.#busy = busy;
  }

  /**
   * Takes a place, when there is one.
   * @param waitMs for one, at most
   * @returns gives it back
   * @throws ApiError rate_limited when none was free for long, the reason of `signal`
   */
  async enter(workspaceId: string, signal: AbortSignal, waitMs = this.#waitMs): Promise<() => void> {
    signal.throwIfAborted();
    if (!this.#isFree(workspaceId)) await this.#wait(workspaceId, signal, waitMs);
    else this.#take(workspaceId);
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      this.#leave(workspaceId);
    };
  }

  #isFree(workspaceId: string): boolean {
    return this.#all < this.#atOnce && (this.#taken.get(workspaceId) ?? 0) < this.#ofWorkspace;
  }

  #take(workspaceId: string): void {
    this.#all++;
    this.#taken.set(workspaceId, (this.#taken.get(workspaceId) ?? 0) + 1);
  }

  #leave(workspaceId: string): void {
    this.#all--;
    const left = (this.#taken.get(workspaceId) ?? 1) - 1;
    if (left === 0) this.#taken.delete(workspaceId);
    else this.#taken.set(workspaceId, left);
    const next = this.#waiting.findIndex((one) => this.#isFree(one.workspaceId));
    if (next < 0) return;
    const [waiting] = this.#waiting.splice(next, 1) as [Waiting];
    // The place is theirs before anybody else looks.
    this.#take(waiting.workspaceId);
    waiting.go();
  }

  #wait(workspaceId: string, signal: AbortSignal, waitMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const giveUp = (reason: unknown): void => {
        const at = this.#waiting.indexOf(waiting);
        if (at < 0) return;
        this.#waiting.splice(at, 1);
        done();
        reject(reason);
      };
      const onAbort = (): void => giveUp(signal.reason);
      const late = setTimeout(
        () => giveUp(new ApiError('rate_limited', this.#busy, [], { 'retry-after': '30' })),
        waitMs,
      );
      const done = (): void => {
        clearTimeout(late);
        signal.removeEventListener('abort', onAbort);
      };
      const waiting: Waiting = {
        workspaceId,
        go: () => {
          done();
          resolve();
        },
      };
      signal.addEventListener('abort', onAbort, { once: true });
      this.#waiting.push(waiting);
    });
  }
}
