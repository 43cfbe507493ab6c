import { setTimeout as pause } from 'node:timers/promises';
import { sweepBlobs } from '../../store/files.ts';
import type { Tenant } from '../../store/tenant.ts';
import { Places } from '../limits/places.ts';

/** Few are gone by then, of which whoever waits may be told so. */
const PATIENCE_MS = 500;
/** Each holds a connection to the database while the file store is asked, and there are few of these. */
const AT_ONCE = 2;
/** What has waited for so long for its turn is left to those who look after runs. */
const TURN_MS = 10 * 60_000;

interface Sweep {
  /** Whether somebody has asked for it since it began. */
  again: boolean;
  readonly done: Promise<void>;
}

/**
 * Removes the bytes of runs that were cancelled or deleted: of each workspace once at a time, however many ask, and of few workspaces at once. What
 * cannot be removed now is removed later.
 */
export class SoonSweeps {
  readonly #places = new Places(AT_ONCE, 1, TURN_MS, 'too much is being removed');
  readonly #sweeps = new Map<string, Sweep>();
  readonly #closed = new AbortController();

  /** A job may have thousands of parts: whoever has ended it waits a moment for them at most, and the rest goes meanwhile. */
  async sweep(tenant: Tenant, workspaceId: string): Promise<void> {
    const isOver = new AbortController();
    const sweeping = this.#join(tenant, workspaceId).finally(() => isOver.abort());
    await Promise.race([sweeping, pause(PATIENCE_MS, undefined, { signal: isOver.signal }).catch(() => undefined)]);
  }

  /** Stops what is under way after the bytes that it is at, and waits for that. */
  async close(): Promise<void> {
    this.#closed.abort(new Error('the server stops'));
    await Promise.all([...this.#sweeps.values()].map(({ done }) => done));
  }

  #join(tenant: Tenant, workspaceId: string): Promise<void> {
    const known = this.#sweeps.get(workspaceId);
    if (known !== undefined) {
      known.again = true;
      return known.done;
    }
    if (this.#closed.signal.aborted) return Promise.resolve();
    const sweep: Sweep = { again: true, done: Promise.resolve().then(() => this.#all(tenant, workspaceId, sweep)) };
    this.#sweeps.set(workspaceId, sweep);
    return sweep.done;
  }

  async #all(tenant: Tenant, workspaceId: string, sweep: Sweep): Promise<void> {
    const { signal } = this.#closed;
    try {
      const leave = await this.#places.enter(workspaceId, signal);
      try {
        while (sweep.again && !signal.aborted) {
          sweep.again = false;
          while (await sweepBlobs(tenant, workspaceId, signal).catch(() => false));
        }
      } finally {
        leave();
      }
    } catch {
      // Not its turn, for too long or any more.
    } finally {
      this.#sweeps.delete(workspaceId);
    }
  }
}
