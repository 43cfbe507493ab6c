import { type RawBuilder, sql } from 'kysely';
import { newId } from '../ids.ts';
import type { RunKind } from '../run-states.ts';
import { tally } from '../tally.ts';
import { recordAct } from './audit.ts';
import { doom } from './files.ts';
import type { Store } from './open-store.ts';
import { settleRows } from './row-reservations.ts';
import { closeLog, holdLog, tellServers } from './run-logs.ts';
import type { RunError, RunOutput, RunRecipe, ScenarioRecipe } from './run-table.ts';
import { ENDED, endCancelled } from './runs.ts';
import { beginAttempt, endAttempts, withoutLast } from './scenario-attempts.ts';
import type { Tenant } from './tenant.ts';
import { isDeleted, WORKSPACE_DELETED } from './workspaces.ts';

/** A run that a worker holds. What it writes is refused as soon as somebody else holds the run, or it has ended. */
export interface HeldRun {
  readonly id: string;
  readonly workspaceId: string;
  readonly projectId: string;
  /** Of what it is a run. */
  readonly subjectId: string;
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
export const LEASE = sql`interval '15 seconds'`;

/** How long an output is kept. */
export const OUTPUT_DAYS = 7;

const LOST: RunError = {
  code: 'worker_lost',
  message: `the servers that worked on it went away, ${MAX_ATTEMPTS} times: that is perhaps because of it`,
};

const LOST_ONCE: RunError = {
  code: 'worker_lost',
  message: 'the server that worked on it went away; what the scenario had done by then is not known',
};

/** Takes a run that is queued, or whose worker has died. */
export function claimRun(tenant: Tenant, id: string, token: string): Promise<Claimed> {
  return tenant(async (tx) => {
    const found = await tx
      .selectFrom('run')
      .where('id', '=', id)
      .select(['state', 'attempt', 'kind', 'row_count', 'recipe', 'result', 'workspace_id', 'project_id'])
      .select([sql<boolean>`lease_until > now()`.as('isHeld'), sql<Date>`now()`.as('now')])
      .forUpdate()
      .executeTakeFirst();
    if (found === undefined || (found.state !== 'queued' && found.state !== 'running')) return 'over';
    if (found.isHeld) return 'wait';
    // It was submitted just when its workspace was deleted.
    if (await isDeleted(tx, found.workspace_id)) {
      await endCancelled(tx, id, WORKSPACE_DELETED);
      return 'over';
    }
    const scenario = found.kind === 'scenario' ? (found.recipe as ScenarioRecipe | null) : null;
    // What it has done is not known: only who wrote it can say whether it may be done again.
    const isLost = scenario !== null && found.state === 'running' && !scenario.retryOnCrash;
    const isOver = isLost || found.attempt >= MAX_ATTEMPTS;
    if (found.state === 'running') await noteLost(tx, { ...found, id, isAgain: !isOver });
    if (isOver) {
      const kept = found.kind === 'generation' ? 0 : Number(found.row_count);
      const error = JSON.stringify(isLost ? LOST_ONCE : LOST);
      await endRun(tx, id, { state: scenario === null ? 'failed' : 'lost', error }, kept);
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
        ...(scenario === null ? {} : { result: beginAttempt(found.result, found.attempt + 1, found.now) }),
      })
      .where('id', '=', id)
      .returning(['workspace_id', 'project_id', 'recipe', 'max_bytes', 'result', 'subject_id'])
      .executeTakeFirstOrThrow();
    if (scenario !== null) {
      await holdLog(tx, { runId: id, workspaceId: found.workspace_id, token }, scenario.log.days);
    }
    await tellServers(tx, id);
    if (claimed.recipe === null) throw new Error(`run ${id} has not ended and has no recipe`);
    return {
      id,
      token,
      kind: found.kind,
      workspaceId: claimed.workspace_id,
      projectId: claimed.project_id,
      subjectId: claimed.subject_id,
      attempt: found.attempt + 1,
      recipe: claimed.recipe,
      isBegun: claimed.result !== null,
      maxBytes: claimed.max_bytes === null ? null : Number(claimed.max_bytes),
    };
  });
}

interface LostAttempt {
  readonly id: string;
  readonly workspace_id: string;
  readonly project_id: string;
  readonly kind: RunKind;
  readonly attempt: number;
  /** Whether it is made again. */
  readonly isAgain: boolean;
}

/** Notes that the worker of an attempt has gone away, or sleeps: what it still writes is refused from then on. */
async function noteLost(
  tx: Store,
  { id, workspace_id, project_id, kind, attempt, isAgain }: LostAttempt,
): Promise<void> {
  const nobody = {
    workspaceId: workspace_id,
    projectId: project_id,
    personId: null,
    keyId: null,
    requestId: null,
  };
  await recordAct(tx, nobody, { action: 'run.lost', subjectId: id, details: { kind, attempt, again: isAgain } });
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

/** Gives up bytes that no run has. Those that one has after all, as when the answer to a commit was lost, stay. */
export const abandonOutput = (tenant: Tenant, blobId: string): Promise<void> =>
  tenant(async (tx) => {
    const written = tx.selectFrom('file_blob').where('id', '=', blobId).where('state', '=', 'writing');
    if ((await written.select('id').forUpdate().executeTakeFirst()) !== undefined) await doom(tx, blobId);
  });

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
    if (kind === 'scenario') await leaveAttempt(tx, id, token, counts);
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

/** Notes that an attempt of a scenario has ended before its process began, or that there was none. */
async function leaveAttempt(tx: Store, id: string, token: string, counts: boolean): Promise<void> {
  const found = await tx
    .selectFrom('run')
    .where('id', '=', id)
    .where('token', '=', token)
    .select(['result', sql<Date>`now()`.as('now')])
    .forUpdate()
    .executeTakeFirst();
  if (found === undefined) return;
  const result = counts ? endAttempts(found.result, 'failed', found.now) : withoutLast(found.result);
  await tx.updateTable('run').set({ result }).where('id', '=', id).execute();
}

/** A generation begins anew; what a system has kept is there. */
const fromTheStart = (kind: RunKind): { row_count?: string; byte_count?: string } =>
  kind === 'generation' ? { row_count: '0', byte_count: '0' } : {};

async function hold(tx: Store, id: string, token: string): Promise<boolean> {
  const held = tx.selectFrom('run').where('id', '=', id).where('token', '=', token).select('id').forUpdate();
  return (await held.executeTakeFirst()) !== undefined;
}

/** How the process of a scenario ended. */
export interface ScenarioEnding {
  readonly state: 'done' | 'failed' | 'timeout' | 'lost';
  readonly error: RunError | null;
  /** What there is to be seen of it beside. */
  readonly facts: Readonly<Record<string, unknown>>;
}

/** The process of a scenario has ended. @returns false when the run was its worker's no more: then nothing has changed */
export function endScenario(tenant: Tenant, run: HeldRun, ending: ScenarioEnding): Promise<boolean> {
  const { id, token } = run;
  return tenant(async (tx) => {
    if (!(await hold(tx, id, token))) return false;
    const { workspaceId: workspace_id, projectId: project_id, kind, attempt } = run;
    if (ending.state === 'lost') await noteLost(tx, { id, workspace_id, project_id, kind, attempt, isAgain: false });
    const error = ending.error === null ? {} : { error: JSON.stringify(ending.error) };
    await endRun(tx, id, { state: ending.state, ...error }, 0, ending.facts);
    return true;
  });
}

const UNATTENDED: RunError = {
  code: 'no_worker',
  message:
    'no process executes scenarios, and none has for minutes: start `datamaker worker`, or let the server execute them',
};

/** Ends scenarios that have waited for minutes. To be called where nobody executes any. */
export async function endUnattendedScenarios(tx: Store): Promise<void> {
  const waiting = await tx
    .selectFrom('run')
    .where('kind', '=', 'scenario')
    .where('state', '=', 'queued')
    .where('created_at', '<', sql<Date>`now() - interval '5 minutes'`)
    .select('id')
    .orderBy('id')
    .forUpdate()
    .skipLocked()
    .execute();
  for (const { id } of waiting) await endRun(tx, id, { state: 'failed', error: JSON.stringify(UNATTENDED) }, 0);
}

type Ending = { readonly state: 'done' | 'failed' | 'timeout' | 'lost' } & Readonly<
  Partial<Record<'error' | 'row_count' | 'byte_count' | 'blob_id' | 'output' | 'result', string>>
> & { readonly expires_at?: RawBuilder<Date> };

/** Ends a run that the transaction holds, and pays for its rows: once, with the end itself. */
export async function endRun(
  tx: Store,
  id: string,
  change: Ending,
  rows: number,
  facts: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const { reservation_id, kind, result, now } = await tx
    .selectFrom('run')
    .where('id', '=', id)
    .select(['reservation_id', 'kind', 'result', sql<Date>`now()`.as('now')])
    .executeTakeFirstOrThrow();
  const isScenario = kind === 'scenario';
  await tx
    .updateTable('run')
    .set({ ...ENDED, ...change, ...(isScenario ? { result: endAttempts(result, change.state, now, facts) } : {}) })
    .where('id', '=', id)
    .execute();
  if (isScenario) await closeLog(tx, id);
  await tellServers(tx, id);
  if (reservation_id !== null) await settleRows(tx, reservation_id, rows);
  tally.addRun(kind, change.state);
}
