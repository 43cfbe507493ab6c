import type { Session } from '@datamaker/connectors';
import type { Verification } from '@datamaker/seeding';
import { conflict } from '../../errors.ts';
import { newId } from '../../ids.ts';
import type { Cursors } from '../../security/cursor.ts';
import { findConnection, type StoredConnection } from '../../store/connections.ts';
import type { Principal } from '../../store/keys.ts';
import type { UndoRecipe } from '../../store/run-table.ts';
import type { StoredRun } from '../../store/runs.ts';
import { findReceipt, type KeptReceipt, noteUndo } from '../../store/seed-receipts.ts';
import { type Tenant, within } from '../../store/tenant.ts';
import { ConnectionData } from '../connections/connection-data.ts';
import { ConnectionDoor } from '../connections/connection-door.ts';
import { missing } from '../missing.ts';
import { hasEnded, type RunPlaces, RunService } from '../run-service.ts';
import { type PlannedSeed, planConnection, refuseUnseedable, type SeedRequest } from './plan-connection.ts';
import { presentUndo, type ShownUndo } from './present-undo.ts';
import { openReceipt, resultOf } from './receipts.ts';
import { toSeedApiError } from './seed-failed.ts';
import { refuseOther, type SystemPlaces } from './seed-runs.ts';

/** What seeds of a request work with. */
export interface SeedSurroundings extends SystemPlaces {
  /** Of the request. */
  readonly tenant: Tenant;
  /** Transactions of its own, for what goes on beside those of the request. */
  readonly ownTenant: Tenant;
  readonly principal: Principal;
  readonly cursors: Cursors;
  readonly runs: RunPlaces;
}

export type Edited = UndoRecipe['edited'];

const PLAN_MS = 120_000;
const CHECK_MS = 300_000;

/** Use-cases of seeds, for one project. Whatever is not in it does not exist. */
export class SeedService {
  readonly #around: SeedSurroundings;

  constructor(around: SeedSurroundings) {
    this.#around = around;
  }

  /** What would be written into a system. @throws ApiError validation_error, conflict, connection_failed, rate_limited */
  plan(connection: StoredConnection, request: SeedRequest, signal: AbortSignal): Promise<PlannedSeed> {
    refuseUnseedable(connection);
    return this.#data.use(connection, { timeoutMs: PLAN_MS, signal }, (session) => planConnection(session, request));
  }

  /** @throws ApiError not_found, conflict */
  async receipt(runId: string): Promise<{ readonly run: StoredRun; readonly kept: KeptReceipt }> {
    const run = await this.#runs.find(runId);
    const kept = await this.#around.tenant((tx) => findReceipt(tx, run.id));
    if (kept === undefined) {
      const message = `the run is a ${run.kind}: only seeds have receipts`;
      throw conflict('run_without_receipt', message, 'GET /runs?kind=seed lists seeds');
    }
    return { run, kept };
  }

  /** What an undo would remove. @throws ApiError not_found, conflict, connection_failed, rate_limited */
  async tryUndo(runId: string, edited: Edited, signal: AbortSignal): Promise<ShownUndo> {
    const { connection, kept } = await this.#ended(runId);
    const receipt = await openReceipt(kept);
    const { undoSeed } = await import('@datamaker/seeding');
    const report = await this.#check(connection, signal, (session, stop) =>
      undoSeed(session, receipt, { edited, dryRun: true, signal: stop }),
    );
    return presentUndo(report);
  }

  /** Reads back what a seed has written. @throws ApiError not_found, conflict, connection_failed, rate_limited */
  async verify(runId: string, signal: AbortSignal): Promise<Verification> {
    const { connection, kept } = await this.#ended(runId);
    const receipt = await openReceipt(kept);
    const { verifySeed } = await import('@datamaker/seeding');
    return this.#check(connection, signal, (session, stop) => verifySeed(session, receipt, stop));
  }

  /** Makes a run that takes a seed back. @returns its id @throws ApiError not_found, conflict */
  async undo(runId: string, edited: Edited): Promise<string> {
    const { tenant, principal, cursors, runs } = this.#around;
    const { connection } = await this.#ended(runId);
    if (connection.read_only) readOnly(connection);
    const id = newId('run');
    await tenant(async (tx) => {
      const kept = await findReceipt(tx, runId, true);
      if (kept === undefined) missing('run', runId);
      const inner = new RunService(within(tx, tenant.blobs), principal, cursors, runs);
      if (kept.undoRunId !== null) {
        const last = await inner.look(kept.undoRunId);
        if (last !== undefined && !hasEnded(last)) {
          throw conflict('undo_under_way', `${last.id} takes it back already`, `GET /runs/${last.id}?wait=true`);
        }
      }
      const { rows } = resultOf(await openReceipt(kept));
      await inner.submit({
        id,
        kind: 'undo',
        subjectId: connection.id,
        params: { connection_id: connection.id, undo_of: runId, edited },
        recipe: { connectionId: connection.id, seedRunId: runId, edited },
        total: rows,
        maxBytes: null,
        reservationId: null,
      });
      await noteUndo(tx, runId, id);
    });
    return id;
  }

  get #runs(): RunService {
    const { tenant, principal, cursors, runs } = this.#around;
    return new RunService(tenant, principal, cursors, runs);
  }

  get #data(): ConnectionData {
    const { ownTenant, connections, vault } = this.#around;
    return new ConnectionData(new ConnectionDoor(connections, ownTenant, vault), ownTenant);
  }

  #check<T>(
    connection: StoredConnection,
    signal: AbortSignal,
    run: (session: Session, stop: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const use = { timeoutMs: CHECK_MS, signal };
    return this.#data
      .use(connection, use, (session, _connector, stop) => run(session, stop))
      .catch((error: unknown) => {
        throw toSeedApiError(error);
      });
  }

  /** @throws ApiError not_found, conflict */
  async #ended(runId: string): Promise<{ readonly connection: StoredConnection; readonly kept: KeptReceipt }> {
    const { tenant, principal } = this.#around;
    const { run, kept } = await this.receipt(runId);
    if (!hasEnded(run)) {
      const message = `the run is ${run.state}: it may write more`;
      throw conflict('run_has_not_ended', message, 'wait for its end, or cancel it first');
    }
    const { workspaceId, projectId } = principal;
    const connection = await tenant((tx) => findConnection(tx, { workspaceId, projectId }, run.subjectId));
    if (connection === undefined) {
      const hint = 'restore it, or take the rows back with `datamaker undo` and the receipt';
      throw conflict('connection_gone', 'the connection of the run is not there any more', hint);
    }
    refuseOther(connection, kept.target);
    return { connection, kept };
  }
}

/** @throws ApiError conflict */
export function readOnly({ name }: StoredConnection): never {
  const message = `the connection ${JSON.stringify(name)} is for reading only`;
  throw conflict('connection_read_only', message, 'use another one, or change its `readOnly`');
}
