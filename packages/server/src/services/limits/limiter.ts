import { validationError } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { type Limit, type Taken, takeFrom } from '../../store/buckets.ts';
import type { Store } from '../../store/open-store.ts';
import { holdRows, noteDelivered, reserveRows, settleLost, settleRows } from '../../store/row-reservations.ts';
import { type Plan, type Plans, planOf, RUN_BYTES } from './plans.ts';
import { type ScenarioLimits, scenarioLimits } from './scenario-limits.ts';

/** What a limit says after something was taken, or was not. */
export interface LimitReport extends Taken {
  /** Which limit. */
  readonly name: 'requests' | 'previews' | 'rows';
  readonly size: number;
  readonly periodSeconds: number;
}

/** Rows that were reserved for a generation. */
export interface Reservation {
  readonly report: LimitReport | undefined;
  /** Notes that so many rows have left, or are about to. */
  note(rows: number): Promise<void>;
  /** Ends it: what did not leave is given back. */
  settle(rows: number): Promise<void>;
}

/** More often than a lease ends. */
const RENEW_MS = 15_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

const FREE: Reservation = { report: undefined, note: async () => undefined, settle: async () => undefined };

/** Holds workspaces to their plans; the counts are in the database, for all servers together. A plan without a limit costs nothing. */
export class Limiter {
  readonly #store: Store;
  readonly #plans: Plans;

  constructor(store: Store, plans: Plans) {
    this.#store = store;
    this.#plans = plans;
  }

  /** One request. @returns undefined when the plan has no limit */
  async takeRequest(workspaceId: string, plan: string): Promise<LimitReport | undefined> {
    return this.#takeOne('requests', workspaceId, this.#planOf(plan).requestsPerMinute);
  }

  /** One preview, beside the request. @throws ApiError rate_limited */
  async takePreview(workspaceId: string, plan: string): Promise<LimitReport | undefined> {
    return this.#takeOne('previews', workspaceId, this.#planOf(plan).previewsPerMinute);
  }

  /** Rows, before they are made: all or none. @returns undefined: there are not so many left; see `report` */
  async reserveRows(workspaceId: string, plan: string, rows: number): Promise<Reservation | LimitReport> {
    const id = newId('rsv');
    const report = await this.#takeRows(workspaceId, plan, rows, this.#store, (bucket, limit) =>
      reserveRows(this.#store, id, bucket, limit, rows),
    );
    if (report === undefined) return FREE;
    return report.allowed ? this.#reservation(id, report) : report;
  }

  /**
   * Rows for a run, in the transaction that makes it: its end settles them.
   * @returns the id of what is held, null where the plan has no limit; or what the limit says
   */
  async holdRows(
    tx: Store,
    workspaceId: string,
    plan: string,
    rows: number,
  ): Promise<{ readonly id: string | null; readonly report?: LimitReport | undefined }> {
    const id = newId('rsv');
    const report = await this.#takeRows(workspaceId, plan, rows, tx, (bucket, limit) =>
      holdRows(tx, id, bucket, limit, rows),
    );
    return { id: report?.allowed === true ? id : null, report };
  }

  async #takeRows(
    workspaceId: string,
    plan: string,
    rows: number,
    store: Store,
    take: (bucket: string, limit: Limit) => Promise<Taken>,
  ): Promise<LimitReport | undefined> {
    const size = this.#planOf(plan).rowsPerHour;
    if (size === null || rows === 0) return undefined;
    if (rows > size) {
      // To wait does not help: a 429, which promises with Retry-After that it does, would be wrong.
      const message = `that asks for ${rows} rows at once; the plan ${plan} gives ${size} in an hour`;
      const hint = `ask for at most ${size}, or for ranges of them one after another`;
      throw validationError([{ code: 'more_than_plan', pointer: '', message, hint }]);
    }
    const bucket = `rows ${workspaceId}`;
    const limit = { size, periodMs: HOUR_MS };
    let taken = await take(bucket, limit);
    if (!taken.allowed) {
      // Perhaps a server that died holds some.
      await settleLost(store);
      taken = await take(bucket, limit);
    }
    return { ...taken, name: 'rows', size, periodSeconds: HOUR_MS / 1000 };
  }

  /** What the files of a workspace may take. */
  filesOf(plan: string): Pick<Plan, 'fileBytes' | 'storageBytes' | 'files'> {
    return this.#planOf(plan);
  }

  /** Most bytes of a run's output; null: as many as there is room for. */
  runBytesOf(plan: string): number | null {
    const { runBytes } = this.#planOf(plan);
    return runBytes === undefined ? RUN_BYTES : runBytes;
  }

  /** What a run of a scenario may take. */
  scenarioOf = (plan: string): ScenarioLimits => scenarioLimits(this.#planOf(plan));

  /** How many rows are left at the moment; null: as many as are wanted. */
  async rowsLeft(workspaceId: string, plan: string): Promise<number | null> {
    const size = this.#planOf(plan).rowsPerHour;
    if (size === null) return null;
    const limit = { size, periodMs: HOUR_MS };
    return (await takeFrom(this.#store, 'row_bucket', `rows ${workspaceId}`, limit, 0)).remaining;
  }

  /** What of the limits of a plan counts at the moment, without taking any; those that the plan does not have are left out. */
  async look(workspaceId: string, plan: string): Promise<readonly LimitReport[]> {
    const { requestsPerMinute, previewsPerMinute, rowsPerHour } = this.#planOf(plan);
    const limits = [
      { name: 'requests', table: 'request_bucket', size: requestsPerMinute, periodMs: MINUTE_MS },
      { name: 'previews', table: 'request_bucket', size: previewsPerMinute, periodMs: MINUTE_MS },
      { name: 'rows', table: 'row_bucket', size: rowsPerHour, periodMs: HOUR_MS },
    ] as const;
    const reports: LimitReport[] = [];
    for (const { name, table, size, periodMs } of limits) {
      if (size === null) continue;
      const taken = await takeFrom(this.#store, table, `${name} ${workspaceId}`, { size, periodMs }, 0);
      reports.push({ ...taken, name, size, periodSeconds: periodMs / 1000 });
    }
    return reports;
  }

  /** Most runs of a workspace that have not ended; null: any number. */
  openRunsOf(plan: string): number | null {
    return this.#planOf(plan).openRuns ?? null;
  }

  /** Gives back what servers that died had reserved. */
  settleLost = (): Promise<void> => settleLost(this.#store);

  #planOf = (name: string): Plan => planOf(this.#plans, name);

  async #takeOne(
    name: 'requests' | 'previews',
    workspaceId: string,
    size: number | null,
  ): Promise<LimitReport | undefined> {
    if (size === null) return undefined;
    const taken = await takeFrom(
      this.#store,
      'request_bucket',
      `${name} ${workspaceId}`,
      { size, periodMs: MINUTE_MS },
      1,
    );
    return { ...taken, name, size, periodSeconds: MINUTE_MS / 1000 };
  }

  #reservation(id: string, report: LimitReport): Reservation {
    let delivered = 0;
    // A client that takes its time must not look like a server that died.
    const renewing = setInterval(() => {
      noteDelivered(this.#store, id, delivered).catch(() => undefined);
    }, RENEW_MS);
    renewing.unref();
    return {
      report,
      note: async (rows) => {
        delivered = rows;
        await noteDelivered(this.#store, id, rows);
      },
      settle: async (rows) => {
        clearInterval(renewing);
        await settleRows(this.#store, id, rows);
      },
    };
  }
}
