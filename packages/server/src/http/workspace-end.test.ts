import { existsSync, readdirSync } from 'node:fs';
import { join as pathOf } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../ids.ts';
import { newApiKey } from '../security/api-key.ts';
import { sweepWorkspaces } from '../services/sweep-workspaces.ts';
import { LocalBlobs } from '../store/blobs/local-blobs.ts';
import { bootstrap } from '../store/bootstrap.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { claimRun } from '../store/run-leases.ts';
import { tenantOf } from '../store/tenant.ts';
import { Browser } from '../testing/browser.ts';
import { type Client, expectError, type ListBody } from '../testing/client.ts';
import { fillWorkspace, namesOfTables } from '../testing/fill-workspace.ts';
import { join, PASSWORD, type Somebody } from '../testing/people.ts';
import { registerWorker } from '../testing/register-worker.ts';
import { bundledLocation, STORES, startOn, type TestServer } from '../testing/servers.ts';
import { until } from '../testing/until.ts';

const DAY = 86_400_000;
const ID = { name: 'id', type: 'sequence' };
interface WorkspaceBody {
  readonly id: string;
  readonly name: string;
  readonly deletedAt: string;
  readonly purgeAt: string;
}

describe.each(STORES)('the end of a workspace, on the %s store', (kind) => {
  let server: TestServer;
  let owner: Client;
  let workspaceId: string;
  let all: Store;
  /** As the server sees the database. */
  let store: Store;
  let blobs: LocalBlobs;
  beforeAll(async () => {
    // Nobody works on runs.
    server = await startOn(kind, { runs: { workers: 0, scenarioWorkers: 0 } });
    await registerWorker(server);
    owner = server.client;
    all = await server.openDatabase();
    const { databaseUrl, dataDirectory } = server;
    store = await openStore(
      databaseUrl === undefined ? bundledLocation(dataDirectory) : { url: databaseUrl },
      () => undefined,
    );
    blobs = new LocalBlobs(pathOf(dataDirectory, 'files'));
    workspaceId = (await owner.get<WorkspaceBody>('/workspace')).body.id;
  });
  afterAll(async () => {
    await all?.destroy();
    await store?.destroy();
    await server?.close();
  });

  const deletion = (name: unknown, client = owner) =>
    client.send<WorkspaceBody>('DELETE', '/workspace', { name } as object);
  const restore = (client = owner) => client.send<WorkspaceBody>('POST', '/workspace/restore');
  const acts = async (action: string) =>
    (await owner.get<ListBody<{ subjectId: string; details: object }>>(`/audit?action=${action}`)).body.items;
  const makeRun = async (): Promise<string> => {
    const template = await owner.create([ID]);
    const { body } = await owner.post<{ run_id: string }>(`/templates/${template}/generate`, { count: 9, async: true });
    return body.run_id;
  };

  it('is for owners, who give its name', async () => {
    const admin = await join(owner, 'admin');
    expectError(await deletion('My workspace', admin.client), 403, 'forbidden');
    expect(expectError(await deletion('my workspace'), 422, 'validation_error')).toMatchObject([
      { code: 'other_name', pointer: '/name' },
    ]);
    for (const body of [undefined, {}, { name: 1 }, { name: 'My workspace', id: workspaceId }]) {
      expectError(await owner.send('DELETE', '/workspace', body), 422, 'validation_error');
    }
    expect((await owner.get('/workspace')).status).toBe(200);
    // Nothing to take back: that is no fault.
    expect((await restore()).body).toMatchObject({ id: workspaceId, name: 'My workspace' });
    expect(await acts('workspace.deleted')).toEqual([]);
    expect(await acts('workspace.restored')).toEqual([]);
  });

  describe('once it is deleted', () => {
    let second: Somebody;
    let member: Somebody;
    let invite: string;
    let run: string;
    let schedule: string;
    let answer: Awaited<ReturnType<typeof deletion>>;
    let stream: ReadableStreamDefaultReader<Uint8Array> | undefined;
    beforeAll(async () => {
      second = await join(owner, 'owner');
      member = await join(owner, 'member');
      invite = (await owner.post<{ token: string }>('/invites', { role: 'viewer' })).body.token;
      run = await makeRun();
      const scenario = await owner.post('/scenarios', { name: 's', code: 'print(1)' });
      const made = await owner.post(`/scenarios/${scenario.body.id}/schedules`, { cron: '@yearly' });
      schedule = made.body.id;
      const endless = await owner.create([ID]);
      const response = await fetch(`${owner.url}/templates/${endless}/generate`, {
        method: 'POST',
        headers: { authorization: `Bearer ${second.key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ count: 500_000_000 }),
      });
      stream = response.body?.getReader();
      await stream?.read();
      answer = await deletion('My workspace');
    });
    afterAll(async () => {
      await stream?.cancel().catch(() => undefined);
      await restore();
    });

    it('says until when it can be restored', () => {
      expect(answer).toMatchObject({ status: 200, body: { id: workspaceId, name: 'My workspace' } });
      expect(Date.parse(answer.body.purgeAt) - Date.parse(answer.body.deletedAt)).toBe(30 * DAY);
    });

    it('lets no key and no session do anything, through either door, and ends what is under way', async () => {
      for (const client of [owner, second.client, member.client]) {
        expectError(await client.get('/templates'), 403, 'workspace_deleted');
        expectError(await client.get('/workspace'), 403, 'workspace_deleted');
        expectError(await client.post('/templates', { name: 'x', fields: [ID] }), 403, 'workspace_deleted');
        expect((await client.post('/api/v1/generate-ai', { field_names: ['email'], count: 1 })).status).toBe(401);
      }
      expectError(await deletion('My workspace'), 403, 'workspace_deleted');
      expectError(await member.browser.send('GET', '/templates'), 401, 'unauthorized');
      await expect(
        (async () => {
          while ((await stream?.read())?.done === false);
        })(),
      ).rejects.toThrow();
    });

    it('lets nobody come, and whoever signs in do nothing', async () => {
      const newcomer = { name: 'x', email: 'late@example.org', password: PASSWORD };
      expectError(await owner.as(undefined).post(`/invites/${invite}/accept`, newcomer), 404, 'not_found');
      const browser = new Browser(owner);
      expect((await browser.send('POST', '/session', { email: member.email, password: PASSWORD })).status).toBe(201);
      expectError(await browser.send('GET', '/templates'), 403, 'workspace_deleted');
      expectError(await browser.send('POST', '/workspace/restore'), 403, 'forbidden');
    });

    it('has no run go on, also none that came just then, and none begin by itself', async () => {
      const states = () =>
        all.selectFrom('run').where('workspace_id', '=', workspaceId).select(['id', 'state', 'error']).execute();
      expect(await states()).toMatchObject([{ id: run, state: 'cancelled', error: { code: 'workspace_deleted' } }]);
      await sql`
        UPDATE run SET state = 'queued', ended_at = NULL, error = NULL, recipe = '{}' WHERE id = ${run}`.execute(all);
      expect(await claimRun(tenantOf(store, workspaceId), run, 'token')).toBe('over');
      expect(await states()).toMatchObject([{ id: run, state: 'cancelled', error: { code: 'workspace_deleted' } }]);
      await sql`UPDATE scenario_schedule SET next_at = now() - interval '1 hour' WHERE id = ${schedule}`.execute(all);
      await sql`UPDATE datamaker_queue.job SET start_after = now() WHERE name = 'schedules'`.execute(all);
      await until(async () => {
        const found = await all
          .selectFrom('scenario_schedule')
          .where('id', '=', schedule)
          .select('next_at')
          .executeTakeFirst();
        return (found?.next_at?.getTime() ?? 0) > Date.now();
      });
      expect(await states()).toHaveLength(1);
    });

    it('is restored by an owner, with all that was in it', async () => {
      expectError(await restore(member.client), 403, 'forbidden');
      expectError(await restore(owner.as(newApiKey('owner'))), 401, 'unauthorized');
      const browser = new Browser(owner);
      expect((await browser.send('POST', '/session', { email: second.email, password: PASSWORD })).status).toBe(201);
      expect(await browser.send('POST', '/workspace/restore')).toMatchObject({
        status: 200,
        body: { id: workspaceId, name: 'My workspace' },
      });
      expect((await member.client.get('/templates')).status).toBe(200);
      expectError(await member.browser.send('GET', '/templates'), 401, 'unauthorized');
      expect(await acts('workspace.deleted')).toMatchObject([
        { subjectId: workspaceId, details: { name: 'My workspace', runs: 1 } },
      ]);
      expect(await acts('workspace.restored')).toMatchObject([{ subjectId: workspaceId }]);
    });
  });

  it('lets two owners delete it once', async () => {
    const answers = await Promise.all([deletion('My workspace'), deletion('My workspace'), deletion('My workspace')]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 403, 403]);
    await restore();
    expect(await acts('workspace.deleted')).toHaveLength(2);
  });

  it('lets a start make another one where it was the last, unless the key of the start can restore it', async () => {
    await deletion('My workspace');
    const hash = Buffer.from('the hash of a key');
    const own = await all
      .selectFrom('api_key')
      .where('workspace_id', '=', workspaceId)
      .select('hash')
      .executeTakeFirstOrThrow();
    const never = () => {
      throw new Error('a key was made');
    };
    const live = () => all.selectFrom('workspace').where('deleted_at', 'is', null).select(['id', 'name']).execute();
    expect(await bootstrap(store, { hash: own.hash, display: 'x' }, never)).toEqual({ madeKey: false });
    expect(await live()).toEqual([]);
    expect(await bootstrap(store, undefined, () => ({ hash, display: 'x' }))).toEqual({ madeKey: true });
    expect(await bootstrap(store, undefined, never)).toEqual({ madeKey: false });
    expect(await live()).toMatchObject([{ name: 'My workspace' }]);
    expect((await live())[0]?.id).not.toBe(workspaceId);
    expect((await restore()).status).toBe(200);
  });

  it('leaves, when its time has come, its audit, and all that belongs to others', async () => {
    const other = newId('ws');
    await all.insertInto('workspace').values({ id: other, name: 'Other' }).execute();
    await owner.upload('a/b.csv', 'id\n1\n');
    await owner.post('/sets', { name: 'rows', rows: [{ id: 1 }] });
    await owner.post('/secrets', { name: 'TOKEN', value: 'x' });
    await owner.post('/api/v1/generate-ai', { field_names: ['email'], count: 1 });
    await makeRun();
    await makeRun();
    for (const id of [workspaceId, other]) await fillWorkspace(all, id);
    for (const name of [`rows ${workspaceId}`, `rows ${other}`]) {
      await sql`INSERT INTO row_bucket VALUES (${name}, 1, 1, true) ON CONFLICT DO NOTHING`.execute(all);
    }
    const projects = (
      await all.selectFrom('project').where('workspace_id', '=', workspaceId).select('id').execute()
    ).map(({ id }) => id);
    await all
      .insertInto('model_answer')
      .values(projects.map((scope, n) => ({ question: Buffer.from(`question ${n}`), answer: '[]', scope })))
      .execute();
    const names = (await namesOfTables(all)).filter((name) => name !== 'audit_entry');
    const rowsOf = async (id: string): Promise<Record<string, unknown>> => {
      const found = names.map(async (name) => {
        const { rows } = await sql<{ row: string }>`
          SELECT to_json(t)::text AS row FROM ${sql.table(name)} AS t WHERE workspace_id = ${id} ORDER BY 1`.execute(
          all,
        );
        return [name, rows.map(({ row }) => row)] as const;
      });
      return Object.fromEntries(await Promise.all(found));
    };
    const anywhere = async (text: string): Promise<string[]> => {
      const { rows } = await sql<{ name: string }>`
        SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
         WHERE table_schema IN ('public', 'datamaker_queue') AND table_type = 'BASE TABLE'`.execute(all);
      const found: string[] = [];
      for (const { name } of rows) {
        const hit =
          await sql`SELECT FROM ${sql.raw(name)} AS t WHERE to_json(t)::text LIKE ${`%${text}%`} LIMIT 1`.execute(all);
        if (hit.rows.length > 0) found.push(name);
      }
      return found;
    };
    const theirs = await rowsOf(other);
    for (const [name, rows] of [...Object.entries(theirs), ...Object.entries(await rowsOf(workspaceId))]) {
      expect(rows, name).not.toEqual([]);
    }
    await deletion('My workspace');
    await sweepWorkspaces(store, blobs);
    expect((await restore()).status).toBe(200);
    await deletion('My workspace');
    await all.updateTable('workspace').set({ purge_at: new Date() }).where('id', '=', workspaceId).execute();
    // From then on, whether or not it was purged yet.
    expectError(await restore(), 401, 'unauthorized');
    expect(readdirSync(pathOf(server.dataDirectory, 'files', workspaceId)).length).toBeGreaterThan(0);
    const before = await all
      .selectFrom('audit_entry')
      .where('workspace_id', '=', workspaceId)
      .selectAll()
      .orderBy('ordinal')
      .execute();
    // Several servers at once.
    await Promise.all([1, 2, 3].map(() => sweepWorkspaces(store, blobs)));
    expect(Object.entries(await rowsOf(workspaceId)).filter(([, rows]) => (rows as string[]).length > 0)).toEqual([]);
    expect(await rowsOf(other)).toEqual(theirs);
    expect((await anywhere(workspaceId)).toSorted()).toEqual(['public.audit_entry', 'public.workspace']);
    for (const id of projects) expect(await anywhere(id)).toEqual(['public.audit_entry']);
    expect((await anywhere(`rows ${other}`)).toSorted()).toEqual(['public.row_bucket']);
    expect(existsSync(pathOf(server.dataDirectory, 'files', workspaceId))).toBe(false);
    expectError(await owner.get('/workspace'), 401, 'unauthorized');
    expect(
      await all.selectFrom('workspace').where('id', '=', workspaceId).select(['name', 'purged_at']).executeTakeFirst(),
    ).toEqual({
      name: '',
      purged_at: expect.any(Date),
    });
    const after = await all
      .selectFrom('audit_entry')
      .where('workspace_id', '=', workspaceId)
      .selectAll()
      .orderBy('ordinal')
      .execute();
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after.slice(before.length)).toMatchObject([
      { action: 'workspace.purged', subject_id: workspaceId, person_id: null },
    ]);
  });
});
