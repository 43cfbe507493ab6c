import { type RawBuilder, sql } from 'kysely';
import { newId } from '../ids.ts';
import type { RunKind } from '../run-states.ts';
import { doom } from './files.ts';
import type { Store } from './open-store.ts';
import { settleRows } from './row-reservations.ts';
import type { RunError, RunOutput, RunRecipe } from './run-table.ts';
import { ENDED } from './runs.ts';
import type { Tenant } from './tenant.ts';

/** A run that a worker holds. What it writes is refused as soon as somebody else holds the run, or it has ended. */
export interface HeldRun {
  readonly id: string;
  readonly workspaceId: string;
  readonly projectId: string;
  readonly token: string;
  readonly attempt: number;
  readonly kind: RunKind;
  readonly recipe: RunRecipe;
  /** Whether it may have changed something in a system already: also an attempt that was given back counts. */
  readonly isBegun: boolean;
  readonly maxBytes: number | null;
}

/** `wait`: somebody holds it, or there is no more to do for now; `over`: there is nothing to do. */
export type Claimed = HeldRun | 'wait' | 'over';

/** A run whose worker crashes each time is not tried for ever. */
export const MAX_ATTEMPTS = 3;

/** A worker that says nothing for so long has died. By the clock of the database, which is one for all. */
const LEASE = sql`interval '15 seconds'`;

/** How long an output is kept. */
const OUTPUT_DAYS = 7;

const LOST: RunError = {
  code: 'worker_lost',
  message: `the servers that worked on it went away, ${MAX_ATTEMPTS} times: that is perhaps because of it`,
};

/** Takes a run that is queued, or whose worker has died. */
export function claimRun(tenant: Tenant, id: string, token: string): Promise<Claimed> {
  return tenant(async (tx) => {
    const found = await tx
      .selectFrom('run')
      .where('id', '=', id)
      .select(['state', 'attempt', 'kind', 'row_count', sql<boolean>`lease_until > now()`.as('isHeld')])
      .forUpdate()
      .executeTakeFirst();
    if (found === undefined || (found.state !== 'queued' && found.state !== 'running')) return 'over';
    if (found.isHeld) return 'wait';
    if (found.attempt >= MAX_ATTEMPTS) {
      const kept = found.kind === 'generation' ? 0 : Number(found.row_count);
      await endRun(tx, id, { state: 'failed', error: JSON.stringify(LOST) }, kept);
      return 'over';
    }
    const claimed = await tx
      .updateTable('run')
      .set({
        state: 'running',
        token,
        lease_until: sql<Date>`now() + ${LEASE}`,
        attempt: found.attempt + 1,
        started_at: sql<Date>`coalesce(started_at, now())`,
        ...fromTheStart(found.kind),
      })
      .where('id', '=', id)
      .returning(['workspace_id', 'project_id', 'recipe', 'max_bytes', 'result'])
      .executeTakeFirstOrThrow();
    if (claimed.recipe === null) throw new Error(`run ${id} has not ended and has no recipe`);
    return {
      id,
      token,
      kind: found.kind,
      workspaceId: claimed.workspace_id,
      projectId: claimed.project_id,
      attempt: found.attempt + 1,
      recipe: claimed.recipe,
      isBegun: claimed.result !== null,
      maxBytes: claimed.max_bytes === null ? null : Number(claimed.max_bytes),
    };
  });
}

/** Says that the worker lives, and how far it is. @returns false when the run is its own no more */
export function renewRun(tenant: Tenant, { id, token }: HeldRun, rows: number, bytes: number): Promise<boolean> {
  return tenant(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('run')
      .set({ lease_until: sql<Date>`now() + ${LEASE}`, row_count: String(rows), byte_count: String(bytes) })
      .where('id', '=', id)
      .where('token', '=', token)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  });
}

/** Notes bytes before they are kept: what is left of them, should the server die, is found by this. @returns the id of the blob */
export function beginOutput(tenant: Tenant, workspaceId: string): Promise<string> {
  return tenant(async (tx) => {
    const id = newId('blob');
    await tx
      .insertInto('file_blob')
      .values({ id, workspace_id: workspaceId, state: 'writing', byte_count: '0' })
      .execute();
    return id;
  });
}

/** Gives up bytes that no run has. */
export const abandonOutput = (tenant: Tenant, blobId: string): Promise<void> => tenant((tx) => doom(tx, blobId));

/** A run has been done. @returns false when it was its worker's no more: then nothing has changed */
export function finishRun(
  tenant: Tenant,
  { id, token }: HeldRun,
  done: { readonly output: RunOutput; readonly rows: number; readonly bytes: number; readonly blobId: string },
): Promise<boolean> {
  return tenant(async (tx) => {
    if (!(await hold(tx, id, token))) return false;
    const size = String(done.bytes);
    await tx
      .updateTable('file_blob')
      .set({ state: 'kept', byte_count: size, changed_at: sql`now()` })
      .where('id', '=', done.blobId)
      .execute();
    const change = {
      state: 'done' as const,
      row_count: String(done.rows),
      byte_count: size,
      blob_id: done.blobId,
      output: JSON.stringify(done.output),
      expires_at: sql<Date>`now() + make_interval(days => ${OUTPUT_DAYS})`,
    };
    await endRun(tx, id, change, done.rows);
    return true;
  });
}

/** What a run has done to a system, whatever its end. */
export interface DoneToSystem {
  /** Rows that are paid for. */
  readonly rows: number;
  readonly result: Readonly<Record<string, unknown>>;
}

/**
 * A run has been done that leaves no output.
 * @param and joins the transaction
 */
export function finishWithoutOutput(
  tenant: Tenant,
  { id, token }: HeldRun,
  { rows, result }: DoneToSystem,
  and: (tx: Store) => Promise<void> = async () => undefined,
): Promise<boolean> {
  return tenant(async (tx) => {
    if (!(await hold(tx, id, token))) return false;
    await endRun(tx, id, { state: 'done', row_count: String(rows), result: JSON.stringify(result) }, rows);
    await and(tx);
    return true;
  });
}

/** A run has failed, and nothing came of it but what it did to a system. */
export function failRun(
  tenant: Tenant,
  { id, token }: HeldRun,
  error: RunError,
  done?: DoneToSystem,
): Promise<boolean> {
  return tenant(async (tx) => {
    if (!(await hold(tx, id, token))) return false;
    const shown = done && { row_count: String(done.rows), result: JSON.stringify(done.result) };
    await endRun(tx, id, { state: 'failed', error: JSON.stringify(error), ...shown }, done?.rows ?? 0);
    return true;
  });
}

/**
 * Puts a run back.
 * @param counts whether this was an attempt: a server that is told to stop is no fault of the run
 */
export function releaseRun(tenant: Tenant, { id, token, kind }: HeldRun, counts: boolean): Promise<boolean> {
  return tenant(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('run')
      .set({
        state: 'queued',
        token: null,
        lease_until: null,
        ...fromTheStart(kind),
        ...(counts ? {} : { attempt: sql<number>`attempt - 1` }),
      })
      .where('id', '=', id)
      .where('token', '=', token)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  });
}

/** A generation begins anew; what a system has kept is there. */
const fromTheStart = (kind: RunKind) => (kind === 'generation' ? { row_count: '0', byte_count: '0' } : {});

async function hold(tx: Store, id: string, token: string): Promise<boolean> {
  const held = tx.selectFrom('run').where('id', '=', id).where('token', '=', token).select('id').forUpdate();
  return (await held.executeTakeFirst()) !== undefined;
}

type Ending = { readonly state: 'done' | 'failed' } & Readonly<
  Partial<Record<'error' | 'row_count' | 'byte_count' | 'blob_id' | 'output' | 'result', string>>
> & { readonly expires_at?: RawBuilder<Date> };

/** Ends a run that the transaction holds, and pays for its rows: once, with the end itself. */
async function endRun(tx: Store, id: string, change: Ending, rows: number): Promise<void> {
  const { reservation_id } = await tx
    .selectFrom('run')
    .where('id', '=', id)
    .select('reservation_id')
    .executeTakeFirstOrThrow();
  await tx
    .updateTable('run')
    .set({ ...ENDED, ...change })
    .where('id', '=', id)
    .execute();
  if (reservation_id !== null) await settleRows(tx, reservation_id, rows);
}
