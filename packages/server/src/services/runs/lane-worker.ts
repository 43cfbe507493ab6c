import type { Lane, RunQueue, Ticket } from '../../store/queue/run-queue.ts';
import { type RunSignals, SUBMITTED } from './run-signals.ts';

/** What every lane is worked on with. */
export interface LanePlaces {
  readonly queue: RunQueue;
  readonly signals: RunSignals;
  /** Which of the queue it works on. */
  readonly lane: Lane;
  /** How many notices at a time. */
  readonly atOnce: number;
  /** Told of what is nobody's request. */
  readonly onError: (error: unknown, what: string) => void;
}

/** How often the queue is looked at when nobody in this process says that there is something. */
const LOOK_MS = 1000;

/** Why work is given back: this process is told to stop. */
export class Stopped extends Error {}

/** Takes notices of one lane, of all workspaces, several at once. What is done about each is told by who extends it. */
export abstract class LaneWorker {
  readonly #places: LanePlaces;
  readonly #stop = new AbortController();
  readonly #working = new Set<Promise<void>>();
  #looking: Promise<void> = Promise.resolve();
  #isReached = true;
  #isDraining = false;
  #restsUntil = 0;
  #taken = 0;

  constructor(places: LanePlaces) {
    this.#places = places;
  }

  start(): void {
    this.#looking = this.#look();
  }

  get lane(): Lane {
    return this.#places.lane;
  }

  /** How much it works on, how much it could, and how much it has begun with since its start. */
  get figures(): { readonly working: number; readonly atOnce: number; readonly taken: number } {
    return { working: this.#working.size, atOnce: this.#places.atOnce, taken: this.#taken };
  }

  /** Takes no more, and waits for the end of what it is working on: as long as `signal` lets it. */
  async drain(signal: AbortSignal): Promise<void> {
    this.#isDraining = true;
    const given = new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    while (this.#working.size > 0 && !signal.aborted) await Promise.race([given, ...this.#working]);
  }

  /** Gives back what it is working on, for others or the next start. */
  async stop(): Promise<void> {
    this.#stop.abort(new Stopped('the server stops'));
    await this.#looking;
    await Promise.all(this.#working);
  }

  /** Does what a notice is about, and sees to the notice. */
  protected abstract work(ticket: Ticket): Promise<void>;

  /** Aborted when this process stops, with `Stopped`. */
  protected get stopped(): AbortSignal {
    return this.#stop.signal;
  }

  /** Whether what was taken is to be left to others, or to a later time. */
  protected get isLeaving(): boolean {
    return this.#stop.signal.aborted || this.#isDraining || performance.now() < this.#restsUntil;
  }

  /** Takes notices that nobody holds. */
  protected takeFrom(queue: RunQueue, most: number): Promise<readonly Ticket[]> {
    return queue.take(most, this.lane);
  }

  /** Takes nothing for so long: others had better. */
  protected rest(ms: number): void {
    this.#restsUntil = performance.now() + ms;
  }

  /** Notes that it has begun with something. */
  protected begun(): void {
    this.#taken += 1;
  }

  async #look(): Promise<void> {
    const { signals, atOnce, onError } = this.#places;
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const tickets = await this.#take(atOnce - this.#working.size);
      for (const ticket of tickets) {
        const work = this.work(ticket)
          .catch((error: unknown) => onError(error, `run ${ticket.runId} was left as it is`))
          .finally(() => {
            this.#working.delete(work);
            signals.tell(SUBMITTED);
          });
        this.#working.add(work);
      }
      if (tickets.length === 0 || this.#working.size >= atOnce) await signals.wait(SUBMITTED, LOOK_MS, signal);
    }
  }

  async #take(most: number): Promise<readonly Ticket[]> {
    if (most <= 0 || this.isLeaving) return [];
    try {
      const tickets = await this.takeFrom(this.#places.queue, most);
      this.#isReached = true;
      return tickets;
    } catch (error) {
      // Once, and not each second for as long as the database is away.
      if (this.#isReached) this.#places.onError(error, 'the queue of runs cannot be read');
      this.#isReached = false;
      return [];
    }
  }
}
