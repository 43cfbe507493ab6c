import { randomUUID } from 'node:crypto';
import { ApiError } from '../../errors.ts';
import { type BlobStore, BlobsUnavailable, isDiskFull } from '../../store/blobs/blob-store.ts';
import type { Spool } from '../../store/blobs/spool.ts';
import { sweepBlobs } from '../../store/files.ts';
import type { Store } from '../../store/open-store.ts';
import type { Ticket } from '../../store/queue/run-queue.ts';
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
import { type LanePlaces, LaneWorker, Stopped } from './lane-worker.ts';
import { LeaseLost } from './lease-lost.ts';
import { failureOf, type MadeOutput, makeOutput, type OutputProgress } from './make-output.ts';
import { systemFailureOf } from './system-failure.ts';
import type { PushingPlaces } from './system-places.ts';
import { workOnSystem } from './work-on-system.ts';

export interface WorkerPlaces extends LanePlaces {
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly spool: Spool;
  /** How systems are reached. */
  readonly systems: PushingPlaces;
  /** Where scenarios are executed. */
  readonly scenarios: ScenarioPlaces;
  /** Whether a run can be done here, or had better be left to others. */
  readonly mayTake?: () => Promise<boolean>;
}

/** Several times in a lease. */
const RENEW_MS = 2000;
/** Who cannot do runs leaves them to others for so long. */
const REST_MS = 30_000;

/**
 * Works on runs, of all workspaces, one after another or several at once. Any number of processes may do so: a run is worked on by
 * whoever holds it, and what another writes of it is refused.
 */
export class RunWorker extends LaneWorker {
  readonly #places: WorkerPlaces;

  constructor(places: WorkerPlaces) {
    super(places);
    this.#places = places;
  }

  protected override async work(ticket: Ticket): Promise<void> {
    const { store, queue, blobs, signals, mayTake = async () => true } = this.#places;
    const tenant = tenantOf(store, ticket.workspaceId, blobs);
    const brief = briefTenantOf(store, ticket.workspaceId, blobs);
    if (!(await mayTake())) this.rest(REST_MS);
    const claimed = this.isLeaving ? 'wait' : await claimRun(brief, ticket.runId, randomUUID());
    if (claimed === 'wait') return queue.giveBack(ticket);
    if (claimed !== 'over') {
      this.begun();
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
    const signal = AbortSignal.any([this.stopped, lost.signal]);
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
      // Before anybody is told that it has ended.
      if (made !== undefined) await spool.discard(made.file);
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
