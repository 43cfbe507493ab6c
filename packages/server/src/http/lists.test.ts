import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../store/open-store.ts';
import { Browser } from '../testing/browser.ts';
import { type Client, expectError, type ListBody } from '../testing/client.ts';
import { join, PASSWORD } from '../testing/people.ts';
import { registerWorker } from '../testing/register-worker.ts';
import { startOn, type TestServer } from '../testing/servers.ts';

interface Item {
  readonly id: string;
  readonly run_id: string;
  readonly state: string;
  readonly name: string;
}

describe('a list', () => {
  let server: TestServer;
  let owner: Client;
  let store: Store;
  beforeAll(async () => {
    server = await startOn('external', { runs: { workers: 0, scenarioWorkers: 0 } });
    await registerWorker(server);
    owner = server.client;
    store = await server.openDatabase();
  });
  afterAll(async () => {
    await store?.destroy();
    await server?.close();
  });

  const read = async (path: string) => (await owner.get<ListBody<Item>>(path)).body;
  /** All pages of two, joined; each says the same total. */
  const walk = async (path: string): Promise<{ items: Item[]; totals: Set<number> }> => {
    const items: Item[] = [];
    const totals = new Set<number>();
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: ListBody<Item> = await read(`${path}limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
      expect(page.items.length).toBeLessThanOrEqual(2);
      items.push(...page.items);
      totals.add(page.total);
      cursor = page.next_cursor;
    }
    return { items, totals };
  };

  it.each([
    ['/sets', (name: string) => ({ name, rows: [{ id: 1 }] })],
    ['/connections', (name: string) => ({ name, type: 'postgres', url: 'postgres://u@10.255.0.1/x' })],
  ] as const)('of what is deleted has pages of its own: %s', async (path, bodyOf) => {
    const names = Array.from({ length: 5 }, (_, index) => `paged ${index}`);
    const ids: string[] = [];
    for (const name of names) {
      const { status, body } = await owner.post(path, bodyOf(name));
      expect(status).toBe(201);
      ids.push(body.id ?? name);
    }
    expect((await read(`${path}?limit=1`)).total).toBe(5);
    for (const one of ids.slice(0, 4))
      expect((await owner.delete(`${path}/${encodeURIComponent(one)}`)).status).toBe(204);
    const deleted = await walk(`${path}?deleted=true&`);
    expect(deleted.items.map(({ name }) => name)).toEqual(names.slice(0, 4).toReversed());
    expect([...deleted.totals]).toEqual([4]);
    const live = await walk(`${path}?`);
    expect([live.items.map(({ name }) => name), [...live.totals]]).toEqual([names.slice(4), [1]]);
    const { next_cursor: cursor } = await read(`${path}?deleted=true&limit=1`);
    expectError(await owner.get(`${path}?cursor=${cursor}`), 400, 'invalid_cursor');
  });

  it('of connections may be of those that are called something', async () => {
    const { total } = await read('/connections?name=paged%204');
    expect([total, (await read('/connections?name=nobody')).total]).toEqual([1, 0]);
    expectError(await owner.get('/connections?name=a&name=b'), 422, 'validation_error');
  });

  it('has no keys that are over, nor invites', async () => {
    for (const [path, table] of [
      ['/keys', 'api_key'],
      ['/invites', 'invite'],
    ] as const) {
      const body = path === '/keys' ? { name: 'ends' } : { role: 'viewer' };
      const { id } = (await owner.post(path, body)).body;
      const before = await read(path);
      expect(before.items.map((one) => one.id)).toContain(id);
      await sql`UPDATE ${sql.table(table)} SET expires_at = now() WHERE id = ${id}`.execute(store);
      const after = await read(path);
      expect(after.items.map((one) => one.id)).not.toContain(id);
      expect(after.total).toBe(before.total - 1);
      if (path === '/keys') expectError(await owner.get(`/keys/${id}`), 404, 'not_found');
    }
  });

  it('of sessions has the newest first, whichever was used last, and none that is over', async () => {
    const { email, browser } = await join(owner, 'viewer');
    const second = new Browser(owner);
    const { body } = await second.send<{ session: Item }>('POST', '/session', { email, password: PASSWORD });
    const list = async () => (await browser.send<ListBody<Item>>('GET', '/sessions')).body.items.map(({ id }) => id);
    const [newest, first] = await list();
    expect(newest).toBe(body.session.id);
    await sql`UPDATE session SET last_used_at = now() - interval '1 hour' WHERE id = ${newest}`.execute(store);
    expect(await list()).toEqual([newest, first]);
    await sql`UPDATE session SET expires_at = now() WHERE id = ${newest}`.execute(store);
    expect(await list()).toEqual([first]);
  });

  it('of schedules has the newest first, and those of one scenario', async () => {
    const scenario = async () =>
      `/scenarios/${(await owner.post('/scenarios', { name: 's', code: 'print(1)' })).body.id}`;
    const [one, other] = [await scenario(), await scenario()];
    const made: string[] = [];
    for (const cron of ['@yearly', '@monthly', '@weekly']) {
      made.unshift((await owner.post(`${one}/schedules`, { cron })).body.id);
    }
    await owner.post(`${other}/schedules`, { cron: '@daily' });
    const { items, total } = await read(`${one}/schedules`);
    expect([items.map(({ id }) => id), total]).toEqual([made, 3]);
  });

  it('of runs of a scenario has those of that one, in a state, page by page', async () => {
    const scenario = async () =>
      `/scenarios/${(await owner.post('/scenarios', { name: 'r', code: 'print(1)' })).body.id}`;
    const [one, other] = [await scenario(), await scenario()];
    const begin = async (path: string) => (await owner.post<Item>(`${path}/run`, {})).body.run_id;
    const runs = [await begin(one), await begin(one), await begin(one)].toReversed();
    await begin(other);
    const [last = ''] = runs;
    const all = await walk(`${one}/runs?`);
    expect([all.items.map(({ run_id }) => run_id), [...all.totals]]).toEqual([runs, [3]]);
    expect((await owner.delete(`${one}/runs/${last}`)).status).toBe(200);
    const queued = await walk(`${one}/runs?state=queued&`);
    expect([queued.items.map(({ run_id }) => run_id), [...queued.totals]]).toEqual([runs.slice(1), [2]]);
    expect((await read(`${one}/runs?state=cancelled`)).items).toMatchObject([{ run_id: last, state: 'cancelled' }]);
    const { next_cursor: cursor } = await read(`${one}/runs?state=queued&limit=1`);
    for (const path of [`${one}/runs?`, `${other}/runs?state=queued&`, '/runs?state=queued&']) {
      expectError(await owner.get(`${path}cursor=${cursor}`), 400, 'invalid_cursor');
    }
    expectError(await owner.get(`${other}/runs/${last}`), 404, 'not_found');
    expectError(await owner.get(`${one}/runs?state=odd`), 422, 'validation_error');
  });

  it.each([
    ['/templates/deleted', 'template'],
    ['/scenarios/deleted', 'scenario'],
    ['/chats/deleted', 'chat'],
  ] as const)('without pages has the hundred that were deleted last: %s', async (path, table) => {
    const { id: workspace } = (await owner.get('/workspace')).body;
    const { id: person } = (await owner.get('/people/me')).body;
    const { id: project } = await store.selectFrom('project').select('id').executeTakeFirstOrThrow();
    // Templates have their names in their versions.
    const [columns, values] = {
      template: [sql``, sql``],
      scenario: [sql`, name`, sql`, 'x'`],
      chat: [sql`, name, permits, created_by`, sql`, 'x', '{}', ${person}`],
    }[table] as [RawBuilder<unknown>, RawBuilder<unknown>];
    await sql`
      INSERT INTO ${sql.table(table)} (id, workspace_id, project_id, version, deleted_at, purge_at ${columns})
      SELECT 'many_' || n, ${workspace}, ${project}, 1, now() - make_interval(secs => n), now() + interval '1 day' ${values}
        FROM generate_series(1, 101) AS n`.execute(store);
    if (table === 'template') {
      await sql`
        INSERT INTO template_version (template_id, workspace_id, version, name, document, created_by)
        SELECT id, ${workspace}, 1, id, '{}', ${person} FROM template WHERE id LIKE 'many_%'`.execute(store);
    }
    const { items, total } = await read(path);
    expect([items.map(({ id }) => id), total]).toEqual([Array.from({ length: 100 }, (_, n) => `many_${n + 1}`), 100]);
  });

  it('of acts counts to ten thousand', async () => {
    const { id } = (await owner.get('/workspace')).body;
    await sql`INSERT INTO audit_entry (id, workspace_id, action, details)
      SELECT 'aud_m' || n, ${id}, 'test.many', '{}' FROM generate_series(1, 10001) AS n`.execute(store);
    expect((await read('/audit?action=test.many')).total).toBe(10_000);
  });
});
