import { randomUUID } from 'node:crypto';
import type { BlobStore } from '../../store/blobs/blob-store.ts';
import type { Spool } from '../../store/blobs/spool.ts';
import { type FileUsage, sweepBlobs } from '../../store/files.ts';
import {
  claimPart,
  failJob,
  type HeldPart,
  keepPart,
  type MadePart,
  releasePart,
  renewPart,
} from '../../store/job-parts.ts';
import type { Store } from '../../store/open-store.ts';
import type { RunQueue, Ticket } from '../../store/queue/run-queue.ts';
import { abandonOutput, beginOutput } from '../../store/run-leases.ts';
import { cancelOf } from '../../store/runs.ts';
import { briefTenantOf, type Tenant, tenantOf } from '../../store/tenant.ts';
import { readWorkspace } from '../../store/workspaces.ts';
import { tally } from '../../tally.ts';
import { checkParts } from '../files/file-limits.ts';
import { type Plans, planOf, RUN_BYTES } from '../limits/plans.ts';
import { type LanePlaces, LaneWorker, Stopped } from '../runs/lane-worker.ts';
import { LeaseLost } from '../runs/lease-lost.ts';
import { lastingFailureOf, PartDamaged, passingFailureOf } from './job-failure.ts';
import { JobSources } from './job-sources.ts';
import type { PartBytes } from './part-maker.ts';
import { PartThreads } from './part-threads.ts';

export interface JobWorkerPlaces extends LanePlaces {
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly spool: Spool;
  readonly plans: Plans;
  /** With which rows are made here. */
  readonly engineVersion: string;
  /** Whether somebody makes parts with another one. */
  readonly hasEngine: (version: string) => Promise<boolean>;
  /** What makes parts; default: threads of this process. */
  readonly threads?: Pick<PartThreads, 'make' | 'close'>;
}

/** Several times in a lease. */
const RENEW_MS = 2000;
/** Who has another engine leaves jobs of one to others for so long, and looks again whether there are any. */
const LEAVE_MS = 5000;
/** Attempts of a part that end with faults, and those whose worker dies: of large jobs, some workers always do. */
const MOST_FAULTS = 4;
const MOST_LOSSES = 10;

/**
 * Makes parts of jobs, of all workspaces. Any number of processes may do so: a part is made by whoever holds it, and what another writes of it
 * is refused. A part has a name only when it is kept.
 */
export class JobWorker extends LaneWorker {
  readonly #places: JobWorkerPlaces;
  readonly #threads: Pick<PartThreads, 'make' | 'close'>;
  readonly #sources = new JobSources();
  /** Engines that others have, and until when their jobs are left to them. */
  readonly #left = new Map<string, number>();

  constructor(places: JobWorkerPlaces) {
    super(places);
    this.#places = places;
    this.#threads = places.threads ?? new PartThreads();
  }

  override async stop(): Promise<void> {
    await super.stop();
    await this.#threads.close();
  }

  /** Jobs of another engine do not keep those of this one waiting, however many notices there are of them. */
  protected override takeFrom(queue: RunQueue, most: number): Promise<readonly Ticket[]> {
    const now = performance.now();
    for (const [version, until] of this.#left) if (until <= now) this.#left.delete(version);
    return queue.take(most, this.lane, [...this.#left.keys()]);
  }

  protected override async work(ticket: Ticket): Promise<void> {
    const { store, queue, blobs, signals, engineVersion } = this.#places;
    const { runId, workspaceId } = ticket;
    const brief = briefTenantOf(store, workspaceId, blobs);
    if (this.isLeaving) return queue.giveBack(ticket);
    const claimed = await claimPart(brief, runId, randomUUID(), engineVersion);
    if (claimed === 'over') return queue.done(ticket);
    if (claimed === 'wait') return queue.giveBack(ticket);
    if ('needs' in claimed) return this.#leave(ticket, brief, claimed.needs);
    this.begun();
    if (claimed.number === 1) signals.tell(runId);
    const isOver = await this.#hold(claimed, brief, ticket);
    signals.tell(runId);
    return isOver ? queue.done(ticket) : queue.giveBack(ticket);
  }

  /** A job of another engine, whose rows may be others. */
  async #leave(ticket: Ticket, tenant: Tenant, version: string): Promise<void> {
    const { queue, onError, engineVersion, hasEngine } = this.#places;
    // Once for all that were taken together, and those that come while this one is looked into.
    if (!this.#left.has(version)) {
      const why = `it is of the engine ${version}, and this process has ${engineVersion}`;
      onError(new Error(why), `the job ${ticket.runId} is left to others`);
    }
    this.#left.set(version, performance.now() + LEAVE_MS);
    if (await hasEngine(version)) {
      // Such a notice comes back whatever is asked for: it is others who have to take it.
      if (ticket.engineVersion !== version) this.rest(LEAVE_MS);
      return queue.giveBack(ticket);
    }
    this.#left.delete(version);
    const message = `it was begun with the engine ${version}, which no worker has any more (here is ${engineVersion}): submit it again, or start a worker of then and let it go on`;
    await failJob(tenant, ticket.runId, { code: 'worker_version', message });
    return queue.done(ticket);
  }

  /** @returns whether the notice has had its effect */
  async #hold(part: HeldPart, tenant: Tenant, ticket: Ticket): Promise<boolean> {
    const { queue, signals, onError } = this.#places;
    const lost = new AbortController();
    let rows = (): number => 0;
    let isHeard = true;
    const unrenewed = (error: unknown): void => {
      // Once, and not every time for as long as the database is away.
      if (isHeard) onError(error, `part ${part.number} of ${part.runId} was not renewed`);
      isHeard = false;
    };
    const renew = (): void => {
      renewPart(tenant, part, rows()).then(async (isOurs) => {
        isHeard = true;
        if (!isOurs) lost.abort(new LeaseLost('the job has ended, or somebody else holds the part'));
        await queue.touch(ticket).catch(unrenewed);
      }, unrenewed);
    };
    const renewing = setInterval(renew, RENEW_MS);
    // Cancelled in this process: it is given up at once, not at the next renewal.
    const forget = signals.on(cancelOf(part.runId), renew);
    const signal = AbortSignal.any([this.stopped, lost.signal]);
    try {
      if (part.losses > MOST_LOSSES) throw new LostTooOften();
      const source = await this.#sources.of(part, tenant);
      const path = part.sink === 'hash' ? null : this.#places.spool.place();
      try {
        const order = { source, start: part.from, end: part.to, path, most: path === null ? Infinity : RUN_BYTES };
        const making = this.#threads.make(order, signal);
        rows = making.rows;
        const made = await making.made;
        await this.#keep(part, tenant, made, path);
      } finally {
        if (path !== null) await this.#places.spool.discard({ path });
      }
      return true;
    } catch (error) {
      return await this.#giveUp(part, tenant, signal.aborted ? signal.reason : error);
    } finally {
      clearInterval(renewing);
      forget();
    }
  }

  async #keep(part: HeldPart, tenant: Tenant, { bytes, sha256: sum }: PartBytes, path: string | null): Promise<void> {
    const { blobs, plans, store } = this.#places;
    const sha256 = Buffer.from(sum);
    const keep = async (blobId: string | null): Promise<void> => {
      const limits = planOf(plans, (await tenant((tx) => readWorkspace(tx, part.workspaceId))).plan);
      const allow = (usage: FileUsage): void => checkParts(limits, usage, bytes);
      const made: MadePart = { bytes, sha256, blobId };
      const hasLimit = blobId !== null && limits.storageBytes !== null;
      if (!(await keepPart(tenant, part, made, hasLimit ? allow : undefined))) {
        throw new LeaseLost('the job has ended, or somebody else holds the part');
      }
      tally.addRows(part.to - part.from);
    };
    if (path === null) return keep(null);
    const patient = tenantOf(store, part.workspaceId, blobs);
    const blobId = await beginOutput(patient, part.workspaceId);
    const key = `${part.workspaceId}/${blobId}`;
    let isKept = false;
    try {
      await blobs.put(key, path, bytes, sha256);
      const there = await blobs.look(key);
      if (there?.bytes !== bytes || there.sha256?.equals(sha256) === false) {
        throw new PartDamaged(
          `the file store has said that it keeps part ${part.number}, and has ${there === undefined ? 'nothing' : 'something else'} under its name`,
        );
      }
      await keep(blobId);
      isKept = true;
    } finally {
      if (!isKept) {
        await abandonOutput(patient, blobId);
        await sweepBlobs(patient, part.workspaceId).catch(() => undefined);
      }
    }
  }

  /** @returns whether nothing more is to be done about it */
  async #giveUp(part: HeldPart, tenant: Tenant, error: unknown): Promise<boolean> {
    // Notices are not bound to parts: somebody else may have made this one with another notice, whose part is left then.
    if (error instanceof LeaseLost) return false;
    if (error instanceof Stopped) {
      await releasePart(tenant, part, false);
      return false;
    }
    const failure = error instanceof LostTooOften ? LOST : lastingFailureOf(error);
    if (failure !== undefined) {
      await failJob(tenant, part.runId, failure);
      return true;
    }
    this.#places.onError(error, `part ${part.number} of ${part.runId} failed at attempt ${part.faults + 1}`);
    if (part.faults + 1 < MOST_FAULTS) {
      await releasePart(tenant, part, true);
      return false;
    }
    await failJob(tenant, part.runId, passingFailureOf(error));
    return true;
  }
}

class LostTooOften extends Error {}

const LOST = {
  code: 'worker_lost',
  message: `workers that made one of its parts went away, ${MOST_LOSSES} times: that is perhaps because of it`,
};
