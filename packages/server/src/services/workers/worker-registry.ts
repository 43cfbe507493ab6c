import { hostname } from 'node:os';
import { newId } from '../../ids.ts';
import type { Store } from '../../store/open-store.ts';
import type { Lane } from '../../store/queue/run-queue.ts';
import { forgetWorkers, hasEngine, isTaken, sayAlive, sayEnded } from '../../store/workers.ts';

/** What others compare with their own, so that a run is not begun where it cannot be done. */
export interface WorkerIdentity {
  readonly masterKeyId: string;
  /** A blob in the file store; empty where nobody else can be. */
  readonly fileMarker: string;
  /** Of the secret that hashes are made with. */
  readonly secretMark: string;
  /** With which rows are made here. */
  readonly engineVersion: string;
}

interface Registered {
  readonly store: Store;
  readonly kind: 'server' | 'worker';
  /** Asked for once, when it first says that it is there. */
  readonly identity: () => Promise<WorkerIdentity>;
  /** From which it takes at the moment. */
  readonly lanes: () => readonly Lane[];
  readonly onError: (error: unknown, what: string) => void;
}

/** Three times in the time after which a silent one counts as dead. */
const BEAT_MS = 10_000;

/** Says to all processes of the database that this one is there and what it works on, and knows who else is. */
export class WorkerRegistry {
  readonly id = newId('wrk');
  readonly #about: Registered;
  #identity: WorkerIdentity | undefined;
  #beating: NodeJS.Timeout | undefined;
  #isHeard = true;
  #isStopped = false;

  constructor(about: Registered) {
    this.#about = about;
  }

  start(): void {
    this.#beating = setInterval(() => void this.beat(), BEAT_MS);
    this.#beating.unref();
    const { store, onError } = this.#about;
    this.beat()
      .then(() => forgetWorkers(store))
      .catch((error: unknown) => onError(error, 'workers of long ago were not forgotten'));
  }

  /** Says it now: what it takes may have changed. */
  async beat(): Promise<void> {
    if (this.#isStopped) return;
    const { store, kind, identity, lanes, onError } = this.#about;
    try {
      this.#identity ??= await identity();
      await sayAlive(store, { id: this.id, kind, host: hostname(), ...this.#identity }, lanes());
      this.#isHeard = true;
    } catch (error) {
      // Once, and not every time for as long as the database is away.
      if (this.#isHeard) onError(error, 'others were not told that this process is there');
      this.#isHeard = false;
    }
  }

  /** Whether another process takes from a lane: now, or soon again, as when it is being replaced. */
  hasOther = (lane: Lane, which: 'now' | 'soon'): Promise<boolean> => isTaken(this.#about.store, lane, this.id, which);

  /** Whether anybody does, this process included. */
  hasAny = async (lane: Lane, which: 'now' | 'soon'): Promise<boolean> =>
    this.#about.lanes().includes(lane) || (await this.hasOther(lane, which));

  /** Whether somebody makes parts of jobs with an engine: now, or soon again. */
  hasEngine = (version: string): Promise<boolean> => hasEngine(this.#about.store, version);

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#beating);
    await sayEnded(this.#about.store, this.id).catch(() => undefined);
  }
}
