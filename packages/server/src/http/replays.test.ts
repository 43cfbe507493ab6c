import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../../../connectors/src/testing/start-postgres.ts';
import { expectError } from '../testing/client.ts';
import { PlainSandbox } from '../testing/plain-sandbox.ts';
import { A_STORE, startOn, type TestServer } from '../testing/servers.ts';

interface RunBody {
  readonly run_id: string;
  readonly state: string;
  readonly seed: string;
  readonly dry_run: boolean;
  readonly replay_of: string | null;
  readonly record: { readonly calls: number; readonly bytes: number; readonly incomplete: string | null } | null;
  readonly replay: { readonly run_id: string; readonly calls: number; readonly not_asked: number } | null;
  readonly plan: {
    readonly writes: readonly {
      action: string;
      target: string;
      rows: number | null;
      calls: number;
      first_rows: object[];
    }[];
  } | null;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly logs_url: string;
}

/** Draws in every way that Python has, writes, reads, and tells all of it. */
const SCRIPT = `
import random
from datamaker import DataMaker

dm = DataMaker()
people = dm.generate("person", count=20)
print(people.seed, people[0])
shop = dm.connection("shop")
print(shop.insert("person", people).written)
shop.upsert("person", people[:3], key="id")
print(shop.execute("SELECT count(*) AS n, md5(string_agg(name, ',' ORDER BY id)) AS all FROM person"))
print(dm.rng.random(), random.random(), {"b", "a", "c", "d"}, dm.run_id, dm.params["password"])
dm.save_set("people", people)
print(len(dm.load_set("people")))
dm.workspace_file("out/people.json").write_json([row["id"] for row in people])
print(dm.workspace_file("out/people.json").read_json() == [row["id"] for row in people])
print(sum(1 for row in dm.stream("person", 500)), [row["id"] for row in zip(range(3), dm.stream("person", 100_000))][:1] if False else "")
`;

describe.each(A_STORE)('runs that are made again (%s store)', (kind) => {
  let server: TestServer;
  let target: PostgresServer;
  let isRunning = true;
  beforeAll(async () => {
    target = await startPostgres();
    server = await startOn(kind, { sandbox: new PlainSandbox(), privateTargets: ['127.0.0.1'] });
    const url = `postgres://test:${encodeURIComponent(target.password)}@127.0.0.1:${target.port}/postgres`;
    await server.client.post('/connections', { name: 'shop', type: 'postgres', url });
    const fields = [
      { name: 'id', type: 'uuid' },
      { name: 'name', type: 'full_name', options: { sensitive: true } },
    ];
    await server.client.post('/templates', { name: 'person', fields });
    await target.query('CREATE TABLE person (id uuid PRIMARY KEY, name text NOT NULL)');
  });
  afterAll(async () => {
    await server?.close();
    if (isRunning) await target?.stop();
  });

  const create = async (code: string): Promise<string> =>
    (await server.client.post<{ id: string }>('/scenarios', { name: 'again', code })).body.id;
  const run = async (id: string, body: object = {}): Promise<RunBody> =>
    (await server.client.post<RunBody>(`/scenarios/${id}/run`, { wait: 'true', ...body })).body;
  const replay = (id: string, runId: string) =>
    server.client.post<RunBody>(`/scenarios/${id}/runs/${runId}/replay`, { wait: 'true' });
  const logOf = async ({ logs_url: path }: RunBody): Promise<string> => (await server.client.get(path)).text;
  const count = async (): Promise<number> =>
    Number((await target.query<{ n: string }>('SELECT count(*) AS n FROM person'))[0]?.n);

  it('tell in a dry run what they would write, and write nothing', async () => {
    const id = await create(SCRIPT);
    const dry = await run(id, { dry_run: true, params: { password: 'hunter-22' } });
    expect({ ...dry, log: await logOf(dry) }).toMatchObject({
      state: 'done',
      dry_run: true,
      error: null,
      record: null,
    });
    expect(dry.plan?.writes.map(({ action, target: on, rows }) => [action, on, rows])).toEqual([
      ['insert', 'person', 20],
      ['upsert', 'person', 3],
      ['save_set', 'people', 20],
      ['write_file', 'out/people.json', null],
    ]);
    expect(dry.plan?.writes[0]).toMatchObject({
      connection: { name: 'shop', type: 'postgres' },
      first_rows: [{ id: expect.any(String), name: '[redacted]' }, {}, {}],
    });
    const log = await logOf(dry);
    expect(log).toContain('INSERT person → 20 rows, not sent\n20\n');
    expect(log).toContain('[{');
    expect(await count()).toBe(0);
    expectError(await server.client.get('/sets/people'), 404, 'not_found');
    expect((await server.client.get<{ total: number }>('/workspace/files')).body.total).toBe(0);
    expectError(await replay(id, dry.run_id), 409, 'conflict');
  });

  it.each([
    ['shop.execute("INSERT INTO person VALUES (gen_random_uuid(), \'x\')")', 'execute'],
    [
      'shop.execute("WITH x AS (INSERT INTO person VALUES (gen_random_uuid(), \'x\') RETURNING 1) SELECT * FROM x")',
      'execute',
    ],
    ['shop.execute("DELETE FROM person")', 'execute'],
    ['shop.push("person", 7, "person")', 'push'],
    ['shop.seed(rows=3)', 'seed'],
  ])('write nothing in a dry run, however they ask: %s', async (call, action) => {
    const id = await create(
      `from datamaker import DataMaker\ndm = DataMaker()\nshop = dm.connection("shop")\n${call}\nprint("on")\n`,
    );
    const dry = await run(id, { dry_run: true });
    expect({ state: dry.state, error: dry.error, actions: dry.plan?.writes.map((one) => one.action) }).toEqual({
      state: 'done',
      error: null,
      actions: [action],
    });
    expect(await count()).toBe(0);
  });

  it('say in a dry run what nobody can answer for them', async () => {
    const id = await create(
      'from datamaker import DataMaker\ndm = DataMaker()\ndm.connection("shop").fetch_to_set("mine", "person")\n',
    );
    const dry = await run(id, { dry_run: true });
    expect(dry).toMatchObject({
      state: 'failed',
      error: { code: 'scenario_failed', message: expect.stringContaining('dry run') },
    });
    expect(dry.plan?.writes).toMatchObject([{ action: 'save_set', target: 'mine' }]);
  });

  it('are refused in a dry run what nobody has thought of', async () => {
    const id = await create(
      'from datamaker import DataMaker\ndm = DataMaker()\ndm._driver.run(dm._core.post("/templates", {"name": "made", "fields": []}))\n',
    );
    const dry = await run(id, { dry_run: true });
    expect(dry).toMatchObject({ state: 'failed', plan: { writes: [{ action: 'POST', target: '/templates' }] } });
    const { body } = await server.client.get<{ items: { name: string }[] }>('/templates');
    expect(body.items.map(({ name }) => name)).toEqual(['person']);
  });

  it('have the same output when they are replayed, with every system gone', async () => {
    const id = await create(SCRIPT);
    const first = await run(id, { params: { password: 'hunter-22' } });
    const log = await logOf(first);
    expect({ first, log }).toMatchObject({ first: { state: 'done', record: { incomplete: null } } });
    expect(first.record?.calls).toBeGreaterThan(8);
    expect(log).toContain('INSERT person → 20 rows\n20\n');
    expect(await count()).toBe(20);
    // Neither the system nor what the script had made is there any more.
    const { body: connections } = await server.client.get<{ items: { id: string }[] }>('/connections');
    for (const one of connections.items) await server.client.delete(`/connections/${one.id}`);
    await server.client.delete('/sets/people');
    isRunning = false;
    await target.stop();
    const again = await replay(id, first.run_id);
    expect({ body: again.body, log: await logOf(again.body) }).toMatchObject({
      body: { state: 'done', error: null, replay_of: first.run_id, seed: first.seed, record: null },
      log,
    });
    expect(again.body.replay).toEqual({ run_id: first.run_id, calls: first.record?.calls, not_asked: 0 });
    expect((await server.client.get<{ total: number }>('/connections')).body.total).toBe(0);
  });

  it('end when they ask what they had not asked, whatever they make of the answer', async () => {
    // Each run asks for one row more than the time of day was then, so to say.
    const code = `
import os, time
from datamaker import DataMaker
dm = DataMaker()
print(len(dm.generate("person", count=2)))
try:
    dm.generate("person", count=time.time_ns() % 1000 + 1)
except Exception as error:
    print("caught", error)
    time.sleep(15)
print("over")
`;
    const id = await create(code);
    const first = await run(id);
    expect(first.state).toBe('done');
    const again = (await replay(id, first.run_id)).body;
    expect(again).toMatchObject({ state: 'failed', error: { code: 'not_in_record' }, replay: { not_asked: 1 } });
    expect(again.error?.message).toMatch(/^call \d+, POST \/templates\/\w+\/generate, is not in the record of run_\w+/);
    expect(await logOf(again)).not.toContain('over');
  });

  it('are refused where there is no record', async () => {
    const id = await create('import time\ntime.sleep(30)');
    const { body: going } = await server.client.post<RunBody>(`/scenarios/${id}/run`, {});
    expect(expectError(await replay(id, going.run_id), 409, 'conflict')).toMatchObject([{ code: 'run_has_not_ended' }]);
    await server.client.delete(`/scenarios/${id}/runs/${going.run_id}`);
    const other = await create('print(1)');
    expectError(await replay(other, going.run_id), 404, 'not_found');
    const done = await run(other);
    const again = (await replay(other, done.run_id)).body;
    expect(again).toMatchObject({ state: 'done', replay: { calls: 0 } });
    expect(expectError(await replay(other, again.run_id), 409, 'conflict')).toMatchObject([{ code: 'no_record' }]);
  });
});
