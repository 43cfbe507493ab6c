import { join } from 'node:path';
import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DatagenService } from '../services/datagen/datagen-service.ts';
import { keepRuns } from '../services/runs/keep-runs.ts';
import { SignInService } from '../services/sign-in-service.ts';
import { LocalBlobs } from '../store/blobs/local-blobs.ts';
import { wantApproval } from '../store/chat-approvals.ts';
import { sweepBlobs } from '../store/files.ts';
import { touchKey } from '../store/keys.ts';
import type { Store } from '../store/open-store.ts';
import { sweepClaims } from '../store/request-claims.ts';
import { reserveRows, settleLost } from '../store/row-reservations.ts';
import { claimRun, endUnattendedScenarios } from '../store/run-leases.ts';
import { forgottenRuns } from '../store/run-upkeep.ts';
import { forgottenSchedules } from '../store/scenario-schedules.ts';
import { touchSession } from '../store/sessions.ts';
import { tenantOf } from '../store/tenant.ts';
import { forgetWorkers, isTaken } from '../store/workers.ts';
import { Browser } from '../testing/browser.ts';
import { startOn, type TestServer } from '../testing/servers.ts';

interface Kept {
  /** Ages of one that stays as it is and of one that does not: a little to both sides of what is promised. */
  readonly stays: string;
  readonly goes: string;
  make(id: string, age: RawBuilder<unknown>): RawBuilder<unknown>;
  sweep(): Promise<unknown>;
  /** Those that are as they were, among the ids. */
  left(ids: RawBuilder<unknown>): RawBuilder<{ id: string }>;
}

/** Ids that also blobs may have. */
const [YOUNG, OLD] = [`blob_young${'0'.repeat(20)}`, `blob_old${'0'.repeat(20)}`];

describe('what is kept for a while', () => {
  let server: TestServer;
  let store: Store;
  let workspaceId: string;
  let projectId: string;
  let personId: string;
  beforeAll(async () => {
    server = await startOn('external', { runs: { workers: 0, scenarioWorkers: 0 } });
    store = await server.openDatabase();
    workspaceId = (await server.client.get('/workspace')).body.id;
    projectId = (await store.selectFrom('project').select('id').executeTakeFirstOrThrow()).id;
    personId = (await server.client.get('/people/me')).body.id;
  });
  afterAll(async () => {
    await store?.destroy();
    await server?.close();
  });

  const tenant = () => tenantOf(store, workspaceId, new LocalBlobs(join(server.dataDirectory, 'files')));
  const isThere =
    (table: string, column = 'id') =>
    (ids: RawBuilder<unknown>) =>
      sql<{
        id: string;
      }>`SELECT ${sql.ref(column)} AS id FROM ${sql.table(table)} WHERE ${sql.ref(column)} = ANY (${ids})`;
  const run = (id: string, columns: string, ...values: RawBuilder<unknown>[]) => sql`
    INSERT INTO run (id, workspace_id, project_id, subject_id, params, total_rows, created_by, request_id, ${sql.raw(columns)})
    VALUES (${id}, ${workspaceId}, ${projectId}, 'x', '{}', 0, ${personId}, '', ${sql.join(values)})`;
  const noQueue = { knows: async () => true } as never;
  const keep = () => keepRuns(store, new LocalBlobs(join(server.dataDirectory, 'files')), noQueue);
  const datagen = () => new DatagenService(store, undefined).sweep();
  const signIn = () => new SignInService(store, 'x').sweep();
  /** What a look finds counts as gone. */
  const seen = (find: (tx: Store) => Promise<readonly string[]>) => {
    let found: readonly string[] = [];
    return {
      sweep: async () => {
        found = await tenant()(find);
      },
      left: (ids: RawBuilder<unknown>) =>
        sql<{ id: string }>`SELECT id FROM unnest(${ids}) AS one (id) WHERE id <> ALL (${[...found]}::text[])`,
    };
  };

  const schedule = (id: string, age: RawBuilder<unknown>) => sql`
    WITH made AS (INSERT INTO scenario (id, workspace_id, project_id, version, name)
                  VALUES (${`scn_${id}`}, ${workspaceId}, ${projectId}, 1, 'x') RETURNING id)
    INSERT INTO scenario_schedule (id, workspace_id, scenario_id, cron, time_zone, params, next_at, created_by)
    SELECT ${id}, ${workspaceId}, id, '@yearly', 'UTC', '{}', now() - ${age}, ${personId} FROM made`;
  const worker = (id: string, age: RawBuilder<unknown>) => sql`
    INSERT INTO worker (id, kind, host, lanes, master_key_id, file_marker, secret_mark, seen_at)
    VALUES (${id}, 'worker', 'h', ${[id]}, 'x', 'x', 'x', now() - ${age})`;
  const absentWorkers = (which: 'now' | 'soon', ids: readonly string[]) =>
    seen(async (tx) => {
      const taken = await Promise.all(ids.map((id) => isTaken(tx, id as never, 'else', which)));
      return ids.filter((_, index) => !taken[index]);
    });
  const ended = (id: string, age: RawBuilder<unknown>) =>
    run(id, 'kind, state, ended_at', sql`'generation'`, sql`'done'`, sql`now() - ${age}`);

  const kept: Readonly<Record<string, Kept>> = {
    'a run that has ended': {
      stays: '89 days 23 hours',
      goes: '90 days 1 hour',
      make: ended,
      sweep: keep,
      left: isThere('run'),
    },
    'a run that was deleted': {
      stays: '47 hours',
      goes: '49 hours',
      make: (id, age) =>
        run(id, 'kind, state, ended_at, deleted_at', sql`'generation'`, sql`'done'`, sql`now()`, sql`now() - ${age}`),
      sweep: keep,
      left: isThere('run'),
    },
    'a run that nobody works on, before it is called out again': {
      stays: '4 minutes 50 seconds',
      goes: '5 minutes 10 seconds',
      make: (id, age) => run(id, 'kind, state, created_at', sql`'generation'`, sql`'queued'`, sql`now() - ${age}`),
      ...seen(async (tx) => (await forgottenRuns(tx)).map(({ id }) => id)),
    },
    'a run whose worker is silent, before it is called out again': {
      stays: '4 minutes 50 seconds',
      goes: '5 minutes 10 seconds',
      make: (id, age) =>
        run(
          id,
          'kind, state, token, created_at, lease_until',
          sql`'generation'`,
          sql`'running'`,
          sql`'x'`,
          sql`now() - interval '1 day'`,
          sql`now() - ${age}`,
        ),
      ...seen(async (tx) => (await forgottenRuns(tx)).map(({ id }) => id)),
    },
    'a scenario that nobody executes': {
      stays: '4 minutes 50 seconds',
      goes: '5 minutes 10 seconds',
      make: (id, age) => run(id, 'kind, state, created_at', sql`'scenario'`, sql`'queued'`, sql`now() - ${age}`),
      sweep: () => tenant()(endUnattendedScenarios),
      left: (ids) => sql`SELECT id FROM run WHERE id = ANY (${ids}) AND state = 'queued'`,
    },
    'the notice of a schedule whose time has come': {
      stays: '110 seconds',
      goes: '130 seconds',
      make: schedule,
      ...seen(forgottenSchedules),
    },
    'a writer of a log whose run has ended': {
      stays: '50 seconds',
      goes: '70 seconds',
      make: (id, age) => sql`
        WITH made AS (${ended(id, age)} RETURNING id)
        INSERT INTO run_log (run_id, workspace_id, writer, kept_days) SELECT id, ${workspaceId}, 'x', 1 FROM made`,
      sweep: keep,
      left: (ids) => sql`SELECT run_id AS id FROM run_log WHERE run_id = ANY (${ids}) AND writer IS NOT NULL`,
    },
    'a session that nobody uses': {
      stays: '23 hours 55 minutes',
      goes: '24 hours 5 minutes',
      make: (id, age) => sql`
        INSERT INTO session (id, workspace_id, person_id, hash, agent, address, expires_at, last_used_at)
        VALUES (${id}, ${workspaceId}, ${personId}, ${Buffer.from(id)}, '', '', now() + interval '1 day', now() - ${age})`,
      sweep: signIn,
      left: isThere('session'),
    },
    'the note of when a session was used last': {
      stays: '50 seconds',
      goes: '70 seconds',
      make: (id, age) => sql`
        INSERT INTO session (id, workspace_id, person_id, hash, agent, address, expires_at, created_at, last_used_at)
        VALUES (${id}, ${workspaceId}, ${personId}, ${Buffer.from(id)}, '', '', now() + interval '1 day', now() - ${age},
                now() - ${age})`,
      sweep: () => Promise.all([YOUNG, OLD].map((id) => touchSession(store, id))),
      left: (ids) => sql`SELECT id FROM session WHERE id = ANY (${ids}) AND last_used_at = created_at`,
    },
    'the note of when a key was used last': {
      stays: '50 seconds',
      goes: '70 seconds',
      make: (id, age) => sql`
        INSERT INTO api_key (id, workspace_id, person_id, name, hash, display, created_at, last_used_at)
        VALUES (${id}, ${workspaceId}, ${personId}, 'x', ${Buffer.from(id)}, 'x', now() - ${age}, now() - ${age})`,
      sweep: () => Promise.all([YOUNG, OLD].map((id) => touchKey(store, id))),
      left: (ids) => sql`SELECT id FROM api_key WHERE id = ANY (${ids}) AND last_used_at = created_at`,
    },
    'an invite, once it is over': {
      stays: '-10 seconds',
      goes: '10 seconds',
      make: (id, age) => sql`
        INSERT INTO invite (id, workspace_id, role, hash, created_by, expires_at)
        VALUES (${id}, ${workspaceId}, 'viewer', ${Buffer.from(id)}, ${personId}, now() - ${age})`,
      sweep: signIn,
      left: isThere('invite'),
    },
    'a try of a password': {
      stays: '14 minutes 50 seconds',
      goes: '15 minutes 10 seconds',
      make: (id, age) => sql`INSERT INTO sign_in_attempt (subject, at) VALUES (${Buffer.from(id)}, now() - ${age})`,
      sweep: signIn,
      left: (ids) =>
        sql`SELECT convert_from(subject, 'UTF8') AS id FROM sign_in_attempt WHERE convert_from(subject, 'UTF8') = ANY (${ids})`,
    },
    'the answer to a request with an Idempotency-Key': {
      stays: '23 hours 55 minutes',
      goes: '24 hours 5 minutes',
      make: (id, age) => sql`
        INSERT INTO request_claim (workspace_id, person_id, route, request_key, request_hash, created_at)
        VALUES (${workspaceId}, ${personId}, 'x', ${id}, '', now() - ${age})`,
      sweep: () => sweepClaims(store),
      left: isThere('request_claim', 'request_key'),
    },
    'an upload that is not heard of': {
      stays: '5 hours 55 minutes',
      goes: '6 hours 5 minutes',
      make: (id, age) => sql`
        INSERT INTO file_blob (id, workspace_id, state, byte_count, changed_at)
        VALUES (${id}, ${workspaceId}, 'writing', 0, now() - ${age})`,
      sweep: () => sweepBlobs(tenant(), workspaceId),
      left: (ids) => sql`SELECT id FROM file_blob WHERE id = ANY (${ids}) AND state = 'writing'`,
    },
    'rows that a silent server has reserved': {
      stays: '-10 seconds',
      goes: '10 seconds',
      make: (id, age) => sql`
        WITH made AS (INSERT INTO row_bucket (name, level, at, taken) VALUES (${`of ${id}`}, 1, 0, true) RETURNING name)
        INSERT INTO row_reservation (id, bucket, reserved, lease_until) SELECT ${id}, name, 1, now() - ${age} FROM made`,
      sweep: () => settleLost(store),
      left: isThere('row_reservation'),
    },
    'the memory of a worker': {
      stays: '29 days 23 hours',
      goes: '30 days 1 hour',
      make: worker,
      sweep: () => forgetWorkers(store),
      left: isThere('worker'),
    },
    'trust in a worker that is silent': {
      stays: '25 seconds',
      goes: '35 seconds',
      make: worker,
      ...absentWorkers('now', [YOUNG, OLD]),
    },
    'hope for a worker that went away': {
      stays: '4 minutes 50 seconds',
      goes: '5 minutes 10 seconds',
      make: worker,
      ...absentWorkers('soon', [YOUNG, OLD]),
    },
    'a contract, once it is over': {
      stays: '-10 seconds',
      goes: '10 seconds',
      make: (id, age) => sql`
        INSERT INTO datagen_contract (owner, id, hash, document, expires_at)
        VALUES ('x', ${id}, ${id}, '{}', now() - ${age})`,
      sweep: datagen,
      left: isThere('datagen_contract'),
    },
    'an answer of the DataGen door, once it is over': {
      stays: '-10 seconds',
      goes: '10 seconds',
      make: (id, age) => sql`
        INSERT INTO datagen_answer (key_id, request_key, request_hash, claim, lease_until, expires_at)
        VALUES (${id}, '', '', gen_random_uuid(), now(), now() - ${age})`,
      sweep: datagen,
      left: isThere('datagen_answer', 'key_id'),
    },
  };

  /** From now until a time of a row, in seconds. */
  const secondsUntil = async (table: string, column: string, id: string): Promise<number> => {
    const { rows } = await sql<{ seconds: number }>`
      SELECT extract(epoch FROM ${sql.ref(column)} - now())::float8 AS seconds FROM ${sql.table(table)} WHERE id = ${id}`.execute(
      store,
    );
    return rows[0]?.seconds ?? Number.NaN;
  };
  const about = (seconds: number) => ({
    asymmetricMatch: (found: number) => found > seconds * 0.6 && found <= seconds,
  });

  it('a lease is as long as is promised, and what a generation had made goes with it', async () => {
    const recipe = sql`'{}'`;
    for (const [id, kind] of [
      [YOUNG, 'generation'],
      [OLD, 'push'],
    ] as const) {
      const columns = 'kind, state, recipe, token, lease_until, attempt, row_count, byte_count, started_at';
      const values = [sql`${kind}`, sql`'running'`, recipe, sql`'x'`, sql`now()`, sql`1`, sql`5`, sql`7`];
      await run(id, columns, ...values, sql`now() - interval '1 hour'`).execute(store);
      expect(await claimRun(tenant(), id, 'y')).toMatchObject({ id, attempt: 2 });
      expect(await secondsUntil('run', 'lease_until', id)).toEqual(about(15));
      // Since it was begun first.
      expect(await secondsUntil('run', 'started_at', id)).toBeLessThan(-3500);
    }
    const found = await sql`
      SELECT kind, row_count, byte_count FROM run WHERE id IN (${YOUNG}, ${OLD}) ORDER BY kind`.execute(store);
    expect(found.rows).toEqual([
      { kind: 'generation', row_count: '0', byte_count: '0' },
      { kind: 'push', row_count: '5', byte_count: '7' },
    ]);
    await sql`DELETE FROM run WHERE id IN (${YOUNG}, ${OLD})`.execute(store);
    await reserveRows(store, 'rsv_x', 'leased', { size: 10, periodMs: 1000 }, 1);
    expect(await secondsUntil('row_reservation', 'lease_until', 'rsv_x')).toEqual(about(60));
  });

  it('what came of a run goes with it: its log', async () => {
    await ended(YOUNG, sql`interval '1 minute'`).execute(store);
    const blob = `blob_log${'0'.repeat(20)}`;
    await sql`
      WITH kept AS (INSERT INTO file_blob (id, workspace_id, state, byte_count)
                    VALUES (${blob}, ${workspaceId}, 'kept', 1) RETURNING id),
           log AS (INSERT INTO run_log (run_id, workspace_id, writer, byte_count, line_count)
                   VALUES (${YOUNG}, ${workspaceId}, NULL, 1, 1) RETURNING run_id)
      INSERT INTO run_log_chunk (run_id, workspace_id, first_byte, byte_count, first_line, line_count, blob_id, sha256)
      SELECT run_id, ${workspaceId}, 0, 1, 0, 1, kept.id, ''::bytea FROM log, kept`.execute(store);
    expect((await server.client.delete(`/runs/${YOUNG}`)).status).toBe(204);
    expect(await store.selectFrom('run_log_chunk').selectAll().execute()).toEqual([]);
    expect(await store.selectFrom('file_blob').where('id', '=', blob).select('state').execute()).toEqual([]);
    await sql`DELETE FROM run_log WHERE run_id = ${YOUNG}`.execute(store);
    await sql`DELETE FROM run WHERE id = ${YOUNG}`.execute(store);
  });

  it('an approval is good for five minutes', async () => {
    await sql`
      WITH made AS (INSERT INTO chat (id, workspace_id, project_id, name, permits, created_by)
                    VALUES ('chat_x', ${workspaceId}, ${projectId}, 'x', '{}', ${personId}) RETURNING id)
      INSERT INTO chat_turn (id, chat_id, workspace_id, state, person_id, credential, credential_id, read_only, request_id)
      SELECT 'turn_x', id, ${workspaceId}, 'waiting', ${personId}, 'key', 'key_x', false, 'req_x' FROM made`.execute(
      store,
    );
    const wanted = { chatId: 'chat_x', turnId: 'turn_x', workspaceId, personId, callId: 'c', tool: 't' };
    const { id } = await tenant()((tx) => wantApproval(tx, { ...wanted, arguments: '{}', hash: Buffer.from('x') }));
    expect(await secondsUntil('chat_approval', 'expires_at', id)).toEqual(about(300));
  });

  it.each(Object.keys(kept))('%s is as long as is promised', async (what) => {
    const { stays, goes, make, sweep, left } = kept[what] as Kept;
    await make(YOUNG, sql`interval ${sql.lit(stays)}`).execute(store);
    await make(OLD, sql`interval ${sql.lit(goes)}`).execute(store);
    await sweep();
    const { rows } = await left(sql`${[YOUNG, OLD]}::text[]`).execute(store);
    expect(rows.map(({ id }) => id)).toEqual([YOUNG]);
    for (const table of [
      'run_log',
      'run',
      'scenario_schedule',
      'session',
      'invite',
      'api_key',
      'worker',
      'file_blob',
    ]) {
      const column = table === 'run_log' ? 'run_id' : 'id';
      await sql`DELETE FROM ${sql.table(table)} WHERE ${sql.ref(column)} IN (${YOUNG}, ${OLD})`.execute(store);
    }
  });

  it('what is given for a while ends when it was said', async () => {
    const { client } = server;
    const [hour, day] = [3600, 86_400];
    const secondsTo = (time: unknown): number => (Date.parse(String(time)) - Date.now()) / 1000;
    for (const [days, said] of [
      [1, { expiresInDays: 1 }],
      [14, { expiresInDays: 14 }],
      [7, {}],
    ] as const) {
      const { body } = await client.post<{ expiresAt: string }>('/invites', { role: 'viewer', ...said });
      expect(secondsTo(body.expiresAt)).toEqual(about(days * day));
    }
    for (const [hours, said] of [
      [1, { overlapHours: 1 }],
      [72, { overlapHours: 72 }],
      [24, {}],
    ] as const) {
      const { body: key } = await client.post('/keys', { name: 'k' });
      const { body } = await client.post<{ replaced: { expiresAt: string } }>(`/keys/${key.id}/rotate`, said);
      expect(secondsTo(body.replaced.expiresAt)).toEqual(about(hours * hour));
    }
    const browser = new Browser(client);
    const { token } = (await client.post<{ token: string }>('/invites', { role: 'viewer' })).body;
    const newcomer = { name: 'Ada', email: 'ada@example.org', password: 'a long enough password' };
    const begun = await browser.send<{ session: { expiresAt: string } }>('POST', `/invites/${token}/accept`, newcomer);
    expect(secondsTo(begun.body.session.expiresAt)).toEqual(about(14 * day));
  });
});
