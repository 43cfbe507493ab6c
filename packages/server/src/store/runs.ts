import type { Readable } from 'node:stream';
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { RunKind, RunState } from '../run-states.ts';
import { tally } from '../tally.ts';
import { recordAct } from './audit.ts';
import { dropParts } from './drop-parts.ts';
import { doom } from './files.ts';
import type { Principal } from './keys.ts';
import type { Store } from './open-store.ts';
import { dropPushValues } from './push-values.ts';
import { settleRows } from './row-reservations.ts';
import { dropLogs, tellServers } from './run-logs.ts';
import type { RunError, RunOutput, RunRecipe } from './run-table.ts';
import { endAttempts } from './scenario-attempts.ts';
import type { Schema } from './schema.ts';
import type { Tenant } from './tenant.ts';

/** A run, without what makes its outcome. */
export interface StoredRun {
  readonly id: string;
  readonly workspaceId: string;
  readonly ordinal: string;
  readonly kind: RunKind;
  readonly state: RunState;
  readonly subjectId: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly total: number;
  readonly rows: number;
  readonly bytes: number;
  readonly attempt: number;
  readonly output: RunOutput | null;
  readonly error: RunError | null;
  /** What came of it that is no output. */
  readonly result: Readonly<Record<string, unknown>> | null;
  /** Where the output is; null: nowhere, or no more. */
  readonly blobId: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly expiresAt: Date | null;
  readonly createdBy: string;
  readonly requestId: string;
}

/** A run that nobody works on yet. */
export interface NewRun {
  readonly id: string;
  readonly kind: RunKind;
  readonly subjectId: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly recipe: RunRecipe;
  readonly total: number;
  /** Of the output; null: as many as there is room for. */
  readonly maxBytes: number | null;
  readonly reservationId: string | null;
  /** What there is to be seen of it before it has begun. */
  readonly result?: Readonly<Record<string, unknown>>;
}

export interface RunFilter {
  readonly state?: RunState | undefined;
  readonly kind?: RunKind | undefined;
  readonly subjectId?: string | undefined;
}

/** The runs of one project: every query is bound to it. What only workers do is in `run-leases.ts`. */
export class RunStore {
  readonly #tenant: Tenant;
  readonly #projectId: string;

  constructor(tenant: Tenant, projectId: string) {
    this.#tenant = tenant;
    this.#projectId = projectId;
  }

  #runs(tx: Store, filter: RunFilter = {}) {
    let query = tx.selectFrom('run').where('project_id', '=', this.#projectId).where('deleted_at', 'is', null);
    if (filter.state !== undefined) query = query.where('state', '=', filter.state);
    if (filter.kind !== undefined) query = query.where('kind', '=', filter.kind);
    if (filter.subjectId !== undefined) query = query.where('subject_id', '=', filter.subjectId);
    return query;
  }

  /** @param and joins the transaction */
  add(run: NewRun, author: Principal, and: (tx: Store) => Promise<void>): Promise<void> {
    return this.#tenant(async (tx) => {
      await tx
        .insertInto('run')
        .values({
          id: run.id,
          workspace_id: author.workspaceId,
          project_id: this.#projectId,
          kind: run.kind,
          subject_id: run.subjectId,
          params: JSON.stringify(run.params),
          recipe: JSON.stringify(run.recipe),
          total_rows: String(run.total),
          max_bytes: run.maxBytes === null ? null : String(run.maxBytes),
          reservation_id: run.reservationId,
          result: run.result === undefined ? null : JSON.stringify(run.result),
          created_by: author.personId,
          scopes: author.scopes,
          key_id: author.rootKeyId,
          request_id: author.requestId,
        })
        .execute();
      const { connection_id: connection, undo_of } = run.params;
      const details = { kind: run.kind, subject_id: run.subjectId, rows: run.total, connection, undo_of };
      await recordAct(tx, author, { action: 'run.submitted', subjectId: run.id, details });
      await and(tx);
    });
  }

  /** The newest first, those before `before` in order of creation. */
  list(limit: number, before: string | undefined, filter: RunFilter): Promise<StoredRun[]> {
    return this.#tenant(async (tx) => {
      const query = this.#runs(tx, filter).select(COLUMNS).orderBy('ordinal', 'desc').limit(limit);
      return (await (before === undefined ? query : query.where('ordinal', '<', before)).execute()).map(toRun);
    });
  }

  async count(filter: RunFilter): Promise<number> {
    const { total } = await this.#tenant((tx) =>
      this.#runs(tx, filter).select(sql<string>`count(*)`.as('total')).executeTakeFirstOrThrow(),
    );
    return Number(total);
  }

  async find(id: string): Promise<StoredRun | undefined> {
    const found = await this.#tenant((tx) => this.#runs(tx).where('id', '=', id).select(COLUMNS).executeTakeFirst());
    return found && toRun(found);
  }

  /** Ends a run that has not ended. Undefined: there is none, or it has ended. */
  cancel(id: string, author: Principal): Promise<StoredRun | undefined> {
    return this.#tenant(async (tx) => {
      const ended = await this.#end(tx, id);
      if (ended === undefined) return undefined;
      await recordAct(tx, author, { action: 'run.cancelled', subjectId: id });
      return ended;
    });
  }

  /** Deletes a run and what came of it; one that has not ended is cancelled. @returns false when there is none */
  delete(id: string, author: Principal): Promise<boolean> {
    return this.#tenant(async (tx) => {
      await this.#end(tx, id);
      const deleted = await tx
        .updateTable('run')
        .set({ deleted_at: sql`now()`, blob_id: null })
        .from(this.#runs(tx).where('id', '=', id).select(['id', 'blob_id']).forUpdate().as('old'))
        .whereRef('run.id', '=', 'old.id')
        .returning('old.blob_id as blobId')
        .executeTakeFirst();
      if (deleted === undefined) return false;
      if (deleted.blobId !== null) await doom(tx, deleted.blobId);
      await dropLogs(tx, [id]);
      await dropPushValues(tx, [id]);
      await dropParts(tx, [id]);
      await recordAct(tx, author, { action: 'run.deleted', subjectId: id });
      return true;
    });
  }

  /** Ends all runs of something that is going away. @returns their ids */
  static endAllOf(tx: Store, subjectId: string, error: RunError): Promise<string[]> {
    return RunStore.#endAll(tx, error, subjectId);
  }

  /** Ends all runs of the workspace that the transaction has named. @returns their ids */
  static endAllOfWorkspace(tx: Store, error: RunError): Promise<string[]> {
    return RunStore.#endAll(tx, error);
  }

  static async #endAll(tx: Store, error: RunError, subjectId?: string): Promise<string[]> {
    const query = tx
      .selectFrom('run')
      .where('state', 'in', ['queued', 'running'])
      .select('id')
      .orderBy('id')
      .forUpdate();
    const found = await (subjectId === undefined ? query : query.where('subject_id', '=', subjectId)).execute();
    for (const { id } of found) await endCancelled(tx, id, error);
    return found.map(({ id }) => id);
  }

  async #end(tx: Store, id: string): Promise<StoredRun | undefined> {
    const found = await this.#runs(tx)
      .where('id', '=', id)
      .where('state', 'in', ['queued', 'running'])
      .select('id')
      .forUpdate()
      .executeTakeFirst();
    return found && endCancelled(tx, id, null);
  }

  /** Bytes of an output; both ends of a range are inclusive. @throws BlobGone when it has expired meanwhile */
  async open(run: StoredRun, range?: { readonly start: number; readonly end: number }): Promise<Readable> {
    const { blobs } = this.#tenant;
    if (blobs === undefined) throw new Error('there is no file store here');
    return blobs.open(`${run.workspaceId}/${run.blobId}`, range);
  }
}

/** Ends a run that the transaction holds, before it has come to its end. */
export async function endCancelled(tx: Store, id: string, error: RunError | null): Promise<StoredRun> {
  const found = await tx
    .selectFrom('run')
    .where('id', '=', id)
    .select(['reservation_id', 'kind', 'row_count', 'params', 'result', sql<Date>`now()`.as('now')])
    .executeTakeFirstOrThrow();
  const ofScenario = found.kind === 'scenario' ? { result: endAttempts(found.result, 'cancelled', found.now) } : {};
  const ended = await tx
    .updateTable('run')
    .set({ ...ENDED, state: 'cancelled', error: error === null ? null : JSON.stringify(error), ...ofScenario })
    .where('id', '=', id)
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
  // What a system has kept was delivered, though its run has not come to its end; of a transaction it has kept nothing.
  const isKept = found.kind !== 'generation' && found.params['mode'] !== 'transaction';
  const delivered = isKept ? Number(found.row_count) : 0;
  if (found.reservation_id !== null) await settleRows(tx, found.reservation_id, delivered);
  if (found.kind === 'generation_job') await dropParts(tx, [id]);
  await tellServers(tx, cancelOf(id));
  await tellServers(tx, id);
  tally.addRun(found.kind, 'cancelled');
  return toRun(ended);
}

/** Name of the signal that a run was cancelled. */
export const cancelOf = (id: string): string => `cancel ${id}`;

/** What a run is set to when it ends, whatever the end: nobody holds it, and what made it is not needed. */
export const ENDED = {
  token: null,
  lease_until: null,
  recipe: null,
  reservation_id: null,
  ended_at: sql<Date>`now()`,
} as const;

const COLUMNS = [
  'id',
  'workspace_id',
  'ordinal',
  'kind',
  'state',
  'subject_id',
  'params',
  'total_rows',
  'row_count',
  'byte_count',
  'attempt',
  'output',
  'error',
  'result',
  'blob_id',
  'created_at',
  'started_at',
  'ended_at',
  'expires_at',
  'created_by',
  'request_id',
] as const satisfies readonly (keyof Schema['run'])[];

const toRun = (row: Pick<Selectable<Schema['run']>, (typeof COLUMNS)[number]>): StoredRun => ({
  id: row.id,
  workspaceId: row.workspace_id,
  ordinal: row.ordinal,
  kind: row.kind,
  state: row.state,
  subjectId: row.subject_id,
  params: row.params,
  total: Number(row.total_rows),
  rows: Number(row.row_count),
  bytes: Number(row.byte_count),
  attempt: row.attempt,
  output: row.output,
  error: row.error,
  result: row.result,
  blobId: row.blob_id,
  createdAt: row.created_at,
  startedAt: row.started_at,
  endedAt: row.ended_at,
  expiresAt: row.expires_at,
  createdBy: row.created_by,
  requestId: row.request_id,
});
