import { setTimeout as pause } from 'node:timers/promises';
import { ConnectionError, type Connector, type Session, waitBefore } from '@datamaker/connectors';
import { ApiError } from '../../errors.ts';
import type { StoredConnection } from '../../store/connections.ts';
import type { PushPlan, PushState } from '../../store/push-receipt-table.ts';
import { findPushReceipt, keepPush } from '../../store/push-receipts.ts';
import { dropUnsentValues } from '../../store/push-values.ts';
import { finishWithoutOutput, type HeldRun } from '../../store/run-leases.ts';
import type { PushRecipe } from '../../store/run-table.ts';
import type { Tenant } from '../../store/tenant.ts';
import { ConnectionDoor } from '../connections/connection-door.ts';
import { refuseReadOnly } from '../connections/refuse-read-only.ts';
import { connectionOfRun } from '../runs/connection-of-run.ts';
import { LeaseLost } from '../runs/lease-lost.ts';
import type { OutputProgress } from '../runs/make-output.ts';
import { RunFailure } from '../runs/run-failure.ts';
import type { PushingPlaces } from '../runs/system-places.ts';
import { LONGEST_MS } from '../runs/use-to-write.ts';
import { checkPush, type Look } from './check-push.ts';
import { ChunkPace } from './chunk-pace.ts';
import { copiedColumns } from './copied-columns.ts';
import { keepValues } from './keep-values.ts';
import { noteEnd } from './note-push.ts';
import { CHUNK } from './plan-push.ts';
import { toPushFailure } from './push-failed.ts';
import { showPush } from './push-progress.ts';
import { PushRows } from './push-rows-of.ts';
import { PushStage } from './push-stage.ts';
import { PushTarget } from './push-target.ts';
import { type ChunkWork, sendEach, sendWhole } from './send-chunk.ts';
import { isThere, settleChunk } from './settle-chunk.ts';

/** How long rows may take that are on their way when a push is stopped. */
const GRACE_MS = 4000;
const BUSY_MS = 1000;
/** A system that refuses all of so many rows will refuse the rest. */
const HOPELESS = 1000;
const OVER_HTTP = new Set(['rest', 'sap_odata']);

/**
 * Sends the rows of a push, from where an earlier attempt ended. What became of a chunk is kept before the next is sent.
 * @param progress is kept up to date; `done` is what is kept
 * @throws LeaseLost, RunFailure, ApiError, the reason of `signal`
 */
export async function workOnPush(
  run: HeldRun,
  tenant: Tenant,
  places: PushingPlaces,
  progress: OutputProgress,
  signal: AbortSignal,
): Promise<void> {
  try {
    const { connection, ...kept } = await open(tenant, run);
    const { plan, state } = kept;
    const { workspaceId, projectId } = run;
    let isMadeHere = false;
    const where = { tenant, workspaceId, projectId, spool: places.spool };
    const rows = await PushRows.open(kept, where, async (made, range) => {
      const values = await keepValues(run, tenant, places, made, range, signal);
      isMadeHere = true;
      return values;
    });
    try {
      const door = new ConnectionDoor(places.connections, tenant, places.vault);
      const push = new Push(run, tenant, door, connection, plan, rows, state, progress);
      try {
        await push.work(signal);
      } catch (error) {
        // Had an earlier attempt sent rows, it would have kept their values, and none would have been made here.
        const isUnsent = isMadeHere && !push.hasSent && !signal.aborted;
        if (isUnsent) await dropUnsentValues(tenant, run).catch(() => undefined);
        throw error;
      } finally {
        await noteEnd(tenant, run, plan, push.state);
      }
      if (!(await finishWithoutOutput(tenant, run, push.shown()))) throw lost();
    } finally {
      rows.close();
    }
  } catch (error) {
    throw signal.aborted ? signal.reason : toPushFailure(error);
  }
}

async function open(tenant: Tenant, run: HeldRun) {
  const { connectionId } = run.recipe as PushRecipe;
  return tenant(async (tx) => {
    const { connection, kept } = await connectionOfRun(tx, run, connectionId, async () => {
      const kept = await findPushReceipt(tx, run.id);
      return kept && { kept, target: kept.plan.target };
    });
    refuseReadOnly(connection);
    return { connection, ...kept };
  });
}

const lost = (): LeaseLost => new LeaseLost('the run has ended or somebody else holds it');

class Push {
  readonly #run: HeldRun;
  readonly #tenant: Tenant;
  readonly #door: ConnectionDoor;
  readonly #connection: StoredConnection;
  readonly #plan: PushPlan;
  readonly #rows: PushRows;
  readonly #progress: OutputProgress;
  #state: PushState;
  /** Of the chunk that was sent again: that its rows are there may be its own doing. */
  #again: number | undefined;
  #next = 0;
  #hasSent = false;

  constructor(
    run: HeldRun,
    tenant: Tenant,
    door: ConnectionDoor,
    connection: StoredConnection,
    plan: PushPlan,
    rows: PushRows,
    state: PushState,
    progress: OutputProgress,
  ) {
    this.#run = run;
    this.#tenant = tenant;
    this.#door = door;
    this.#plan = plan;
    this.#rows = rows;
    this.#state = state;
    this.#progress = progress;
    const config = { ...connection.config, options: { ...connection.config.options, ...plan.options } };
    this.#connection = { ...connection, config };
    this.#note();
  }

  get state(): PushState {
    return this.#state;
  }

  /** Whether rows may have left in this attempt. */
  get hasSent(): boolean {
    return this.#hasSent;
  }

  shown = () => showPush(this.#plan, this.#state);

  /** Until all rows have an outcome, over as many sessions as it takes. */
  async work(signal: AbortSignal): Promise<void> {
    // HTTP is asked again by the connector, request by request.
    const isHttp = OVER_HTTP.has(this.#plan.target.type);
    const retries = isHttp ? 0 : this.#plan.retries;
    const times = { timeoutMs: isHttp ? undefined : this.#plan.timeoutMs, graceMs: isHttp ? GRACE_MS : 0 };
    for (let tries = 0, position = -1; ; ) {
      signal.throwIfAborted();
      const stage = new PushStage(signal, times);
      const ended = await this.#session(stage, signal).then(
        () => undefined,
        (error: unknown) => ({ error: stage.reason ?? error }),
      );
      stage.over();
      if (ended === undefined) return;
      signal.throwIfAborted();
      const { error } = ended;
      // No room for one more session here: that is no fault of the system.
      if (error instanceof ApiError && error.code === 'rate_limited') {
        await pause(BUSY_MS, undefined, { signal });
        continue;
      }
      if (this.#state.position > position) tries = 0;
      position = this.#state.position;
      const isWorthIt = error instanceof ConnectionError && (error.isTransient || error.problem === 'unknown_outcome');
      if (!isWorthIt || ++tries > retries) throw error;
      await pause(waitBefore(tries, undefined) ?? 0, undefined, { signal });
    }
  }

  async #session(stage: PushStage, signal: AbortSignal): Promise<void> {
    const use = { timeoutMs: LONGEST_MS, signal: stage.last, writes: true };
    await this.#door.use(this.#connection, use, async (session, connector) => {
      const copied = await stage.watched(() => copiedColumns(this.#plan, this.#rows, session));
      const work = this.#workWith(session, connector, stage, copied);
      const pace = this.#chunkPace(work);
      await stage.watched(() => this.#settle(work));
      while (this.#state.position < this.#plan.to) {
        signal.throwIfAborted();
        await this.#pace(signal);
        const began = performance.now();
        await stage.watched(() => this.#send(work, pace.rows));
        pace.took(performance.now() - began);
        this.#refuseHopeless();
      }
      const { verify } = this.#plan;
      if (!verify || this.#state.check !== null) return;
      const look: Look = (rows, within) => stage.watched(() => work.target.present(rows, stage.cut, within));
      const check = await checkPush(this.#plan, this.#rows, this.#state, work.target, look);
      await this.#save(stage, { ...this.#state, check });
    });
  }

  #chunkPace({ target }: ChunkWork): ChunkPace {
    const { chunkRows, rowsPerSecond, identity, timeoutMs } = this.#plan;
    // Where nothing tells rows apart, a chunk in doubt is somebody's to look at; keys that are no numbers are kept one by one.
    const isOneByOne = identity?.by === 'system' && chunkRows < CHUNK.whole;
    const isFixed = !target.isWhole || rowsPerSecond !== null || identity === null || isOneByOne;
    return new ChunkPace(chunkRows, isFixed, timeoutMs);
  }

  #workWith(
    session: Session,
    connector: Connector,
    stage: PushStage,
    copied: readonly string[] | undefined,
  ): ChunkWork {
    const target = new PushTarget(session, connector, this.#plan);
    const save = (state: PushState): Promise<void> => this.#save(stage, state);
    return { runId: this.#run.id, plan: this.#plan, rows: this.#rows, target, stage, copied, save };
  }

  async #settle({ target, stage }: ChunkWork): Promise<void> {
    await target.claim(this.#run.id, stage.cut);
    const before = this.#state;
    if (before.chunk === null) return;
    const settled = await settleChunk(this.#plan, this.#rows, before, target, stage.cut);
    if (settled.position === before.position) this.#again = before.position;
    await this.#save(stage, settled);
  }

  async #send(work: ChunkWork, rows: number): Promise<void> {
    this.#hasSent = true;
    const { position, chunk } = this.#state;
    const to = chunk?.to ?? Math.min(position + rows, this.#plan.to);
    if (!work.target.isWhole) return sendEach(work, this.#state, to);
    await sendWhole(work, this.#state, to).catch(async (error: unknown) => {
      if (!(await this.#isThereAfterAll(work, error, to))) throw error;
    });
  }

  /** What was looked for and not found may have been on its way: then it is in the way of what was sent again. */
  async #isThereAfterAll({ target, stage }: ChunkWork, error: unknown, to: number): Promise<boolean> {
    const { position } = this.#state;
    const isRefused = error instanceof ConnectionError && error.problem === 'constraint';
    if (!isRefused || this.#again !== position || this.#plan.identity?.by !== 'template') return false;
    if (!(await isThere(this.#rows, position, to, target, stage.cut))) return false;
    const count = to - position;
    const { sent, written } = this.#state;
    await this.#save(stage, {
      ...this.#state,
      sent: sent + count,
      written: written + count,
      position: to,
      chunk: null,
    });
    return true;
  }

  /** Waits until the next rows may go, at the rate that was asked for. */
  async #pace(signal: AbortSignal): Promise<void> {
    const { rowsPerSecond, chunkRows, target } = this.#plan;
    if (rowsPerSecond === null || OVER_HTTP.has(target.type)) return;
    const now = performance.now();
    const at = Math.max(this.#next, now);
    this.#next = at + (1000 * chunkRows) / rowsPerSecond;
    if (at > now) await pause(at - now, undefined, { signal });
  }

  #refuseHopeless(): void {
    const { written, skipped, failed, failures } = this.#state;
    if (failed < HOPELESS || written + skipped > 0) return;
    throw new RunFailure('rows_refused', `all of the first ${failed} rows were refused: ${failures[0]?.message}`);
  }

  async #save(stage: PushStage, state: PushState): Promise<void> {
    if (stage.isOver) throw new Error('the push goes on elsewhere');
    const shown = showPush(this.#plan, state);
    const isOurs = await keepPush(this.#tenant, this.#run, state, shown);
    this.#state = state;
    this.#note();
    if (!isOurs) throw lost();
  }

  #note(): void {
    const shown = this.shown();
    this.#progress.rows = shown.rows;
    this.#progress.done = shown;
  }
}
