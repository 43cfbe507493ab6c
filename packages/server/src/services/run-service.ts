import type { Readable } from 'node:stream';
import { ApiError, conflict } from '../errors.ts';
import type { Cursors } from '../security/cursor.ts';
import { BlobGone } from '../store/blobs/blob-store.ts';
import type { Principal } from '../store/keys.ts';
import type { RunQueue } from '../store/queue/run-queue.ts';
import type { RunOutput } from '../store/run-table.ts';
import { cancelOf, type NewRun, type RunFilter, RunStore, type StoredRun } from '../store/runs.ts';
import type { Tenant } from '../store/tenant.ts';
import type { Plans } from './limits/plans.ts';
import { type Page, pageOf } from './page.ts';
import type { RunSignals } from './runs/run-signals.ts';
import { submitRun } from './runs/submit-run.ts';
import type { SoonSweeps } from './runs/sweep-soon.ts';
import type { EnvironmentsDoor } from './scenarios/environments-door.ts';

/** Where runs go. */
export interface RunPlaces {
  readonly queue: RunQueue;
  readonly signals: RunSignals;
  /** What workspaces may use. */
  readonly plans: Plans;
  /** A generation of more rows is a run, unless a stream is asked for; undefined: only those that are asked for. */
  readonly asyncRows: number | undefined;
  /** Why nobody would execute a scenario; undefined: somebody would. May take seconds: not to be called in a transaction. */
  readonly refusal: () => Promise<ApiError | undefined>;
  /** Removes bytes of runs that have ended. */
  readonly sweeps: SoonSweeps;
  /** The packages of scenarios. */
  readonly environments: EnvironmentsDoor;
  /** Most bytes of an output, whatever the plan says; undefined: what it says. */
  readonly maxBytes?: number | undefined;
}

/** A run that is done, and whose output is still there. */
export type RunWithOutput = StoredRun & { readonly output: RunOutput; readonly blobId: string };

/** What happens in this process is told at once; what happens in others is looked for this often, the second time later. */
const LOOK_MS = 250;
const MOST_LOOK_MS = 1000;

/** Use-cases of runs, for one project. Whatever is not in it does not exist. */
export class RunService {
  readonly #tenant: Tenant;
  readonly #runs: RunStore;
  readonly #principal: Principal;
  readonly #cursors: Cursors;
  readonly #places: RunPlaces;

  constructor(tenant: Tenant, principal: Principal, cursors: Cursors, places: RunPlaces) {
    this.#tenant = tenant;
    this.#runs = new RunStore(tenant, principal.projectId);
    this.#principal = principal;
    this.#cursors = cursors;
    this.#places = places;
  }

  /** Stores a run and gives notice of it, both or neither. @throws ApiError too_many_runs */
  submit = (run: NewRun): Promise<void> => submitRun(this.#tenant, this.#principal, this.#places, run);

  list(limit: number, cursor: string | undefined, filter: RunFilter): Promise<Page<StoredRun>> {
    const { state = '', kind = '', subjectId = '' } = filter;
    const scope = ['runs', this.#principal.projectId, state, kind, subjectId].join('\0');
    return pageOf(
      { cursors: this.#cursors, scope, limit, cursor },
      (most, before) => this.#runs.list(most, before, filter),
      () => this.#runs.count(filter),
    );
  }

  /** @throws ApiError not_found */
  async find(id: string): Promise<StoredRun> {
    return (await this.#runs.find(id)) ?? missing();
  }

  look(id: string): Promise<StoredRun | undefined> {
    return this.#runs.find(id);
  }

  /** The run when it has ended, or as it is when the time is over or `signal` says so. @throws ApiError not_found */
  async wait(id: string, ms: number, signal: AbortSignal): Promise<StoredRun> {
    const end = performance.now() + ms;
    for (let look = LOOK_MS; ; look = Math.min(2 * look, MOST_LOOK_MS)) {
      const run = await this.find(id);
      const left = end - performance.now();
      if (hasEnded(run) || left <= 0 || signal.aborted || this.#places.signals.closed) return run;
      await this.#places.signals.wait(id, Math.min(look, left), signal);
    }
  }

  /**
   * The run each time that it has changed, until it has ended.
   * @param before how it looked to whoever has seen it already
   */
  async *changes(id: string, before: string | undefined, signal: AbortSignal): AsyncGenerator<StoredRun> {
    let seen = before;
    for (;;) {
      const run = await this.find(id);
      const look = markOf(run);
      if (look !== seen) yield run;
      seen = look;
      if (hasEnded(run) || signal.aborted || this.#places.signals.closed) return;
      await this.#places.signals.wait(id, MOST_LOOK_MS, signal);
    }
  }

  /** @throws ApiError not_found, conflict */
  async cancel(id: string): Promise<StoredRun> {
    const cancelled = await this.#runs.cancel(id, this.#principal);
    if (cancelled === undefined) {
      const { state } = await this.find(id);
      throw conflict(
        'run_has_ended',
        `the run is ${state}: it cannot be cancelled any more`,
        'delete it in place of that',
      );
    }
    return cancelled;
  }

  /** Tells whoever waits for it, or works on it, that a run was cancelled; when that is true for all. */
  told(id: string): void {
    this.#places.signals.tell(cancelOf(id));
    this.#places.signals.tell(id);
  }

  /** @throws ApiError not_found */
  async delete(id: string): Promise<void> {
    if (!(await this.#runs.delete(id, this.#principal))) missing();
    this.told(id);
    await this.#places.sweeps.sweep(this.#tenant, this.#principal.workspaceId);
  }

  /** @throws ApiError not_found, conflict, output_expired */
  async findOutput(id: string): Promise<RunWithOutput> {
    const run = await this.find(id);
    const { state, output, blobId } = run;
    if (output === null) {
      const message = hasEnded(run)
        ? `the run is ${state}: it has no output`
        : `the run is ${state}: wait until it is done`;
      throw conflict('run_without_output', message, `GET /runs/${id}?wait=true answers when it has ended`);
    }
    if (blobId === null) throw new ApiError('output_expired', 'outputs are kept for a week: generate again');
    return { ...run, output, blobId };
  }

  /** The bytes of an output. @throws ApiError output_expired, when it went since it was found */
  async open(run: RunWithOutput, range?: { readonly start: number; readonly end: number }): Promise<Readable> {
    try {
      return await this.#runs.open(run, range);
    } catch (error) {
      if (!(error instanceof BlobGone)) throw error;
      if ((await this.#runs.find(run.id))?.blobId === run.blobId) throw error;
      throw new ApiError('output_expired', 'the output was deleted meanwhile');
    }
  }
}

export const hasEnded = ({ endedAt }: StoredRun): boolean => endedAt !== null;

/** What changes of a run, as a text. */
export const markOf = ({ state, attempt, rows }: StoredRun): string => `${state}.${attempt}.${rows}`;

function missing(): never {
  throw new ApiError('not_found', 'there is no such run');
}
