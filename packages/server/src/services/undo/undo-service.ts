import { conflict } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { recordAct } from '../../store/audit.ts';
import { findConnection, type StoredConnection } from '../../store/connections.ts';
import type { UndoRecipe } from '../../store/run-table.ts';
import type { StoredRun } from '../../store/runs.ts';
import { within } from '../../store/tenant.ts';
import { noteUndo } from '../../store/undo-notes.ts';
import { ConnectionData } from '../connections/connection-data.ts';
import { ConnectionDoor } from '../connections/connection-door.ts';
import { refuseElsewhere } from '../connections/refuse-elsewhere.ts';
import { refuseReadOnly } from '../connections/refuse-read-only.ts';
import { missing } from '../missing.ts';
import { refuseNotUndoable } from '../pushes/why-not-undone.ts';
import { hasEnded, RunService } from '../run-service.ts';
import type { RunSurroundings } from '../runs/run-surroundings.ts';
import { toSeedApiError } from '../seeds/seed-failed.ts';
import { findKept, type KeptRun, rowsOf, targetOf } from './kept-run.ts';
import { presentUndo, type ShownUndo } from './present-undo.ts';
import { takeBack } from './take-back.ts';

export type Edited = UndoRecipe['edited'];

/** A run that has ended, what it has left, and where its rows went. */
export interface EndedRun {
  readonly run: StoredRun;
  readonly kept: KeptRun;
  readonly connection: StoredConnection;
}

const CHECK_MS = 300_000;

/** Use-cases of runs that wrote into systems, for one project: their receipts, and taking them back. */
export class UndoService {
  readonly #around: RunSurroundings;

  constructor(around: RunSurroundings) {
    this.#around = around;
  }

  /** @throws ApiError not_found, conflict */
  async receipt(runId: string): Promise<{ readonly run: StoredRun; readonly kept: KeptRun }> {
    const run = await this.#runs.find(runId);
    const kept = await this.#around.tenant((tx) => findKept(tx, run.id));
    if (kept === undefined) {
      const message = `the run is a ${run.kind}: only seeds and pushes have receipts`;
      throw conflict('run_without_receipt', message, 'GET /runs?kind=seed lists seeds, GET /runs?kind=push pushes');
    }
    return { run, kept };
  }

  /** What an undo would remove. @throws ApiError not_found, conflict, connection_failed, rate_limited */
  async tryUndo(runId: string, edited: Edited, signal: AbortSignal): Promise<ShownUndo> {
    const { ownTenant, principal, connections, vault, spool } = this.#around;
    const ended = await this.ended(runId);
    const { connection, kept } = ended;
    refuseNotUndoable(kept);
    await this.noteReading(ended, 'undo');
    const data = new ConnectionData(new ConnectionDoor(connections, ownTenant, vault), ownTenant);
    const { workspaceId, projectId } = principal;
    const where = { tenant: ownTenant, workspaceId, projectId, spool };
    const report = await data
      .use(connection, { timeoutMs: CHECK_MS, signal }, (session, connector, stop) =>
        takeBack(runId, kept, where, session, connector, { edited, dryRun: true, signal: stop }),
      )
      .catch((error: unknown) => {
        throw toSeedApiError(error);
      });
    return presentUndo(report);
  }

  /** Makes a run that takes another one back. @returns its id @throws ApiError not_found, conflict */
  async undo(runId: string, edited: Edited): Promise<string> {
    const { tenant, principal, cursors, runs } = this.#around;
    const { connection } = await this.ended(runId);
    refuseReadOnly(connection);
    const id = newId('run');
    await tenant(async (tx) => {
      const kept = await findKept(tx, runId, true);
      if (kept === undefined) missing('run', runId);
      refuseNotUndoable(kept);
      const inner = new RunService(within(tx, tenant.blobs), principal, cursors, runs);
      // It may have gone on since it was looked at.
      refuseNotEnded(await inner.find(runId));
      if (kept.undoRunId !== null) {
        const last = await inner.look(kept.undoRunId);
        if (last !== undefined && !hasEnded(last)) {
          throw conflict('undo_under_way', `${last.id} takes it back already`, `GET /runs/${last.id}?wait=true`);
        }
      }
      const { personId, keyId, requestId } = principal;
      const by = { personId, keyId, requestId };
      await inner.submit({
        id,
        kind: 'undo',
        subjectId: connection.id,
        params: { connection_id: connection.id, undo_of: runId, edited },
        recipe: { connectionId: connection.id, seedRunId: runId, edited, by },
        total: await rowsOf(kept),
        maxBytes: null,
        reservationId: null,
      });
      await noteUndo(tx, kept.kind, runId, id);
    });
    return id;
  }

  /** @throws ApiError not_found, conflict */
  async ended(runId: string): Promise<EndedRun> {
    const { tenant, principal } = this.#around;
    const { run, kept } = await this.receipt(runId);
    refuseNotEnded(run);
    const { workspaceId, projectId } = principal;
    const connection = await tenant((tx) =>
      findConnection(tx, { workspaceId, projectId }, String(run.params['connection_id'])),
    );
    if (connection === undefined) {
      const hint =
        kept.kind === 'seed' ? 'restore it, or take the rows back with `datamaker undo` and the receipt' : 'restore it';
      throw conflict('connection_gone', 'the connection of the run is not there any more', hint);
    }
    refuseElsewhere(connection, targetOf(kept));
    return { run, kept, connection };
  }

  /** Notes that somebody has rows of a system read and compared: the answer tells keys of those that were changed. */
  noteReading({ run, kept, connection }: EndedRun, of: 'undo' | 'verify'): Promise<void> {
    const { tenant, principal } = this.#around;
    const details = { for: of, kind: kept.kind, connection: connection.id, role: principal.role };
    return tenant((tx) => recordAct(tx, principal, { action: 'run.compared', subjectId: run.id, details }));
  }

  get #runs(): RunService {
    const { tenant, principal, cursors, runs } = this.#around;
    return new RunService(tenant, principal, cursors, runs);
  }
}

function refuseNotEnded(run: StoredRun): void {
  if (hasEnded(run)) return;
  const message = `the run is ${run.state}: it may write more`;
  throw conflict('run_has_not_ended', message, 'wait for its end, or cancel it first');
}
