import { randomUUID } from 'node:crypto';
import { ApiError } from '../../errors.ts';
import { type BlobStore, BlobsUnavailable, isDiskFull } from '../../store/blobs/blob-store.ts';
import type { Spool } from '../../store/blobs/spool.ts';
import { sweepBlobs } from '../../store/files.ts';
import type { Store } from '../../store/open-store.ts';
import type { Lane, RunQueue, Ticket } from '../../store/queue/run-queue.ts';
import {
  abandonOutput,
  beginOutput,
  claimRun,
  failRun,
  finishRun,
  type HeldRun,
  MAX_ATTEMPTS,
  releaseRun,
  renewRun,
} from '../../store/run-leases.ts';
import type { RunError } from '../../store/run-table.ts';
import { cancelOf } from '../../store/runs.ts';
import { briefTenantOf, type Tenant, tenantOf } from '../../store/tenant.ts';
import type { ScenarioPlaces } from '../scenarios/work-on-scenario.ts';
import { LeaseLost } from './lease-lost.ts';
import { failureOf, type MadeOutput, makeOutput, type OutputProgress } from './make-output.ts';
import { type RunSignals, SUBMITTED } from './run-signals.ts';
import { systemFailureOf } from './system-failure.ts';
import type { PushingPlaces } from './system-places.ts';
import { workOnSystem } from './work-on-system.ts';

export interface WorkerPlaces {
  readonly store: Store;
  readonly queue: RunQueue;
  readonly blobs: BlobStore;
  readonly spool: Spool;
  readonly signals: RunSignals;
  /** Which of the queue it works on. */
  readonly lane: Lane;
  /** How systems are reached. */
  readonly systems: PushingPlaces;
  /** Where scenarios are executed. */
  readonly scenarios: ScenarioPlaces;
  /** How many runs at a time. */
  readonly atOnce: number;
  /** Whether a run can be done here, or had better be left to others. */
  readonly mayTake?: () => Promise<boolean>;
  /** Told of what is nobody's request. */
  readonly onError: (error: unknown, what: string) => void;
}

/** How often the queue is looked at when nobody in this process says that there is something. */
const LOOK_MS = 1000;
/** Several times in a lease. */
const RENEW_MS = 2000;
/** Who cannot do runs leaves them to others for so long. */
const REST_MS = 30_000;

class Stopped extends Error {}

/**
 * Works on runs, of all workspaces, one after another or several at once. Any number of processes may do so: a run is worked on by
 * whoever holds it, and what another writes of it is refused.
 */
export class RunWorker {
  readonly #places: WorkerPlaces;
  readonly #stop = new AbortController();
  readonly #working = new Set<Promise<void>>();
  #looking: Promise<void> = Promise.resolve();
  #isReached = true;
  #isDraining = false;
  #restsUntil = 0;
  #taken = 0;

  constructor(places: WorkerPlaces) {
    this.#places = places;
  }

  start(): void {
    this.#looking = this.#look();
  }

  get lane(): Lane {
    return this.#places.lane;
  }

  /** How many runs it works on, how many it could, and how many it has begun with since its start. */
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

  async #look(): Promise<void> {
    const { signals, atOnce, onError } = this.#places;
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const tickets = await this.#take(atOnce - this.#working.size);
      for (const ticket of tickets) {
        const work = this.#work(ticket)
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
    if (most <= 0 || this.#isDraining || performance.now() < this.#restsUntil) return [];
    try {
      const tickets = await this.#places.queue.take(most, this.#places.lane);
      this.#isReached = true;
      return tickets;
    } catch (error) {
      // Once, and not each second for as long as the database is away.
      if (this.#isReached) this.#places.onError(error, 'the queue of runs cannot be read');
      this.#isReached = false;
      return [];
    }
  }

  async #work(ticket: Ticket): Promise<void> {
    const { store, queue, blobs, signals, mayTake = async () => true } = this.#places;
    const tenant = tenantOf(store, ticket.workspaceId, blobs);
    const brief = briefTenantOf(store, ticket.workspaceId, blobs);
    if (!(await mayTake())) this.#restsUntil = performance.now() + REST_MS;
    const isLeft = this.#stop.signal.aborted || this.#isDraining || performance.now() < this.#restsUntil;
    const claimed = isLeft ? 'wait' : await claimRun(brief, ticket.runId, randomUUID());
    if (claimed === 'wait') return queue.giveBack(ticket);
    if (claimed !== 'over') {
      this.#taken += 1;
      signals.tell(claimed.id);
      const isOver = await this.#hold(claimed, tenant, brief, ticket);
      signals.tell(claimed.id);
      if (!isOver) return queue.giveBack(ticket);
    }
    return queue.done(ticket);
  }

  /** @returns whether the run needs nobody any more */
  async #hold(run: HeldRun, tenant: Tenant, brief: Tenant, ticket: Ticket): Promise<boolean> {
    const { queue, signals, spool, systems, scenarios, onError } = this.#places;
    const progress: OutputProgress = { rows: 0, bytes: 0 };
    const lost = new AbortController();
    let isHeard = true;
    const renew = (): void => {
      renewRun(brief, run, progress.rows, progress.bytes).then(async (isOurs) => {
        isHeard = true;
        if (!isOurs) lost.abort(new LeaseLost('the run has ended or somebody else holds it'));
        signals.tell(run.id);
        await queue.touch(ticket).catch(unrenewed);
      }, unrenewed);
    };
    // Once, and not every time for as long as the database is away.
    const unrenewed = (error: unknown): void => {
      if (isHeard) onError(error, `run ${run.id} was not renewed`);
      isHeard = false;
    };
    const renewing = setInterval(renew, RENEW_MS);
    // Cancelled in this process: it is given up at once, not at the next renewal.
    const forget = signals.on(cancelOf(run.id), renew);
    const signal = AbortSignal.any([this.#stop.signal, lost.signal]);
    let made: MadeOutput | undefined;
    try {
      if (run.kind === 'scenario') {
        const { workOnScenario } = await import('../scenarios/work-on-scenario.ts');
        const work = await workOnScenario(run, brief, spool, scenarios, signal);
        if (work === 'again') await releaseRun(tenant, run, false);
        return work === 'over';
      }
      if (run.kind !== 'generation') {
        await workOnSystem(run, tenant, systems, progress, signal);
        return true;
      }
      made = await makeOutput(run, tenant, spool, systems, progress, signal);
      return await this.#keep(run, tenant, made);
    } catch (error) {
      return await this.#giveUp(run, tenant, signal.aborted ? signal.reason : error, progress);
    } finally {
      clearInterval(renewing);
      forget();
      if (made !== undefined) await spool.discard(made.file);
    }
  }

  async #keep(run: HeldRun, tenant: Tenant, made: MadeOutput): Promise<boolean> {
    const { blobs } = this.#places;
    const { file, rows, name, contentType, sensitive, fetched } = made;
    const blobId = await beginOutput(tenant, run.workspaceId);
    let kept = false;
    try {
      await blobs.put(`${run.workspaceId}/${blobId}`, file.path, file.bytes, file.sha256);
      const about = { name, contentType, sensitive, sha256: file.sha256.toString('hex') };
      const output = fetched.length === 0 ? about : { ...about, fetched };
      kept = await finishRun(tenant, run, { output, rows, bytes: file.bytes, blobId });
    } finally {
      if (!kept) {
        await abandonOutput(tenant, blobId);
        await sweepBlobs(tenant, run.workspaceId).catch(() => undefined);
      }
    }
    return true;
  }

  async #giveUp(run: HeldRun, tenant: Tenant, error: unknown, { done }: OutputProgress): Promise<boolean> {
    if (error instanceof LeaseLost) return true;
    // So many sessions are open that there is none for it: that is no fault of the run either.
    const isBusy = error instanceof ApiError && error.code === 'rate_limited';
    if (error instanceof Stopped || isBusy) {
      await releaseRun(tenant, run, false);
      return false;
    }
    const failure = failureOf(error) ?? systemFailureOf(error);
    if (failure !== undefined) {
      await failRun(tenant, run, failure, done);
      return true;
    }
    this.#places.onError(error, `run ${run.id} failed at attempt ${run.attempt}`);
    // What is out of reach now may be there at the next attempt.
    if (run.attempt < MAX_ATTEMPTS) {
      await releaseRun(tenant, run, true);
      return false;
    }
    await failRun(tenant, run, lastFailureOf(error), done);
    return true;
  }
}

/** What is told of what went wrong at each attempt. */
function lastFailureOf(error: unknown): RunError {
  const known = isDiskFull(error) ? new BlobsUnavailable(error) : error;
  if (known instanceof BlobsUnavailable) return { code: 'unavailable', message: known.message };
  return { code: 'internal_error', message: 'something went wrong in the server; quote the id of the run' };
}
