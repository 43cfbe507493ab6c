import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../../../connectors/src/testing/start-postgres.ts';
import { Client } from '../testing/client.ts';
import { killableServers } from '../testing/killable-servers.ts';
import { type RestTarget, startRestTarget } from '../testing/push-targets.ts';
import type { SpawnedServer } from '../testing/spawn-server.ts';
import { tries } from '../testing/tries.ts';
import { until } from '../testing/until.ts';

const KEY = 'dm_test_key_of_pushes_after_kill';
const ROWS = 17_000;
const FIELDS = [
  { name: 'id', type: 'sequence' },
  { name: 'full_name', type: 'full_name' },
];

interface PushRun {
  readonly state: string;
  readonly attempt: number;
  readonly progress: { readonly rows: number };
  readonly result: {
    readonly written: number;
    readonly skipped: number;
    readonly resent: number;
    readonly check: { readonly ok: boolean } | null;
  };
}

describe('pushes of servers that are killed', () => {
  const servers = killableServers();
  let target: PostgresServer;
  let rest: RestTarget;
  let connections = 0;
  beforeAll(async () => {
    [target, rest] = await Promise.all([startPostgres(), startRestTarget()]);
    await target.query(`
      CREATE TABLE given (id integer PRIMARY KEY, full_name text);
      CREATE TABLE made (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, full_name text)`);
  });
  afterEach(() => servers.end('SIGKILL'));
  afterAll(async () => {
    await rest?.stop();
    await target?.stop();
  });

  const start = (point = 'never', nth = 1): Promise<SpawnedServer> =>
    servers.start('mortal-push-process.ts', KEY, point, String(nth));
  const connectTo = async (client: Client, type: string, url: string, options: object = {}): Promise<string> => {
    const body = { name: `target ${++connections}`, type, url, ...(type === 'rest' ? { options } : {}) };
    return (await client.post<{ id: string }>('/connections', body)).body.id;
  };
  const toPostgres = (client: Client): Promise<string> =>
    connectTo(
      client,
      'postgres',
      `postgres://test:${encodeURIComponent(target.password)}@127.0.0.1:${target.port}/postgres`,
    );
  const submit = async (
    client: Client,
    connection: string,
    body: object,
    fields: readonly object[] = FIELDS,
  ): Promise<string> => {
    const template = await client.create(fields);
    const answer = await client.post<{ run_id: string }>(`/connections/${connection}/push`, {
      template_id: template,
      count: ROWS,
      ...body,
    });
    expect({ status: answer.status, body: answer.body }).toMatchObject({ status: 202 });
    return answer.body.run_id;
  };
  const ended = async ({ url }: SpawnedServer, run: string): Promise<PushRun> =>
    (await new Client(url, KEY).get<PushRun>(`/runs/${run}?wait=true`)).body;
  const bodyOf = (table: 'given' | 'made', more: object = {}) => ({
    table,
    schema: 'public',
    ...(table === 'given' ? {} : { mapping: { id: null, full_name: 'full_name' } }),
    ...more,
  });
  const countIn = async (table: string): Promise<number> =>
    Number((await target.query(`SELECT count(*) FROM ${table}`))[0]?.['count']);

  const kinds = [
    ['given', 'skip'],
    ['made', 'fail'],
    ['given', 'fail'],
  ] as const;
  const all = (['sent', 'noted', 'kept'] as const).flatMap((point) => kinds.map((kind) => [point, ...kind] as const));
  // In every run each point, and what is looked for by either kind of key.
  const some = all.filter((_, i) => [0, 4, 7, 8].includes(i));
  it.each(tries(some.length, all.length) === all.length ? all : some)(
    'write each row once (%s, %s, %s)',
    async (point, table, onConflict) => {
      for (let nth = tries(2, 1); nth <= tries(2, 4); nth++) {
        await target.query(`TRUNCATE ${table}`);
        const first = await start(point, nth);
        const client = new Client(first.url, KEY);
        const run = await submit(client, await toPostgres(client), bodyOf(table, { on_conflict: onConflict }));
        expect(await first.exit).toEqual([null, 'SIGKILL']);
        await servers.letTimePass();
        const second = await start();
        const found = await ended(second, run);
        expect(found).toMatchObject({ state: 'done', attempt: 2, result: { check: { ok: true } } });
        expect(await countIn(table)).toBe(ROWS);
        // What the first had written and not counted was there when it was sent again.
        const { written, skipped } = found.result;
        expect(written + skipped).toBe(ROWS);
        if (onConflict === 'fail') expect(skipped).toBe(0);
        second.child.kill('SIGTERM');
        await second.exit;
      }
    },
    240_000,
  );

  it('write each row once, whenever that is', async () => {
    for (let round = 0; round < tries(1, 20); round++) {
      const table = round % 2 === 0 ? 'made' : 'given';
      await target.query(`TRUNCATE ${table}`);
      let server = await start();
      const client = new Client(server.url, KEY);
      const run = await submit(client, await toPostgres(client), bodyOf(table, { count: 60_000 }));
      for (const rows of [1, 25_000]) {
        const now = new Client(server.url, KEY);
        await until(async () => (await now.get<PushRun>(`/runs/${run}`)).body.progress.rows >= rows);
        server.child.kill('SIGKILL');
        await server.exit;
        await servers.letTimePass();
        server = await start();
      }
      expect(await ended(server, run)).toMatchObject({ state: 'done', result: { check: { ok: true } } });
      expect(await countIn(table)).toBe(60_000);
      server.child.kill('SIGTERM');
      await server.exit;
    }
  }, 240_000);

  const MADE_BY_PROGRAMS = [
    {
      name: 'id',
      type: 'python',
      options: { code: 'def value(dm):\n    return dm.counter("person").next()' },
    },
    {
      name: 'full_name',
      type: 'python',
      options: { code: 'import time\ndef value(row):\n    return f"{row[\'id\']} at {time.time_ns()}"' },
    },
  ];

  const points = ['noted', 'sent', 'kept'] as const;
  it.each(points.slice(0, tries(1, 3)))(
    'write the values that programs made once (%s)',
    async (point) => {
      await target.query('TRUNCATE given');
      const first = await start(point, 2);
      const client = new Client(first.url, KEY);
      const before = (await client.get<{ value: number }>('/counters/person')).body.value;
      const run = await submit(client, await toPostgres(client), bodyOf('given'), MADE_BY_PROGRAMS);
      expect(await first.exit).toEqual([null, 'SIGKILL']);
      const early = await target.query('SELECT id, full_name FROM given');
      await servers.letTimePass();
      const second = await start();
      expect(await ended(second, run)).toMatchObject({ state: 'done', attempt: 2, result: { check: { ok: true } } });
      // No number was taken anew, and no clock was looked at again.
      const [told] = await target.query('SELECT count(*), min(id) AS first, max(id) AS last FROM given');
      expect(Object.values(told ?? {}).map(Number)).toEqual([ROWS, before + 1, before + ROWS]);
      const late = new Map((await target.query('SELECT id, full_name FROM given')).map((row) => [row['id'], row]));
      expect(early.map((row) => late.get(row['id']))).toEqual(early);
      second.child.kill('SIGTERM');
      await second.exit;
    },
    120_000,
  );

  /** Has the system wait with its answers, so that nobody is killed who has not answered yet. @returns lets it go on */
  const gate = (): (() => void) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    rest.answer = () => promise.then(() => 'keep');
    return resolve;
  };

  it('send requests again under the same keys', async () => {
    Object.assign(rest, { taken: [], knowsKeys: true });
    const first = await start('sent', 2);
    const client = new Client(first.url, KEY);
    const options = { path: 'people', idempotencyHeader: 'Idempotency-Key' };
    const open = gate();
    const run = await submit(client, await connectTo(client, 'rest', rest.url, options), { count: 1200 });
    open();
    expect(await first.exit).toEqual([null, 'SIGKILL']);
    await servers.letTimePass();
    const second = await start();
    expect(await ended(second, run)).toMatchObject({ state: 'done', result: { written: 1200, resent: 500 } });
    expect(rest.taken.map(({ row }) => row['id']).sort((a, b) => Number(a) - Number(b))).toEqual(
      Array.from({ length: 1200 }, (_, i) => i + 1),
    );
  }, 120_000);

  it('say what nobody can know', async () => {
    Object.assign(rest, { taken: [], knowsKeys: false });
    const first = await start('sent', 2);
    const client = new Client(first.url, KEY);
    const open = gate();
    const run = await submit(client, await connectTo(client, 'rest', rest.url, { path: 'people' }), { count: 450 });
    open();
    expect(await first.exit).toEqual([null, 'SIGKILL']);
    await servers.letTimePass();
    const second = await start();
    expect(await ended(second, run)).toMatchObject({
      state: 'failed',
      error: { code: 'unknown_outcome' },
      result: { written: 100, in_doubt: { from: 100, to: 200, rows: 100 } },
    });
    expect(rest.taken).toHaveLength(200);
    await new Client(second.url, KEY).post(`/runs/${run}/resume`, { unknown: 'skip' });
    expect(await ended(second, run)).toMatchObject({ state: 'done', result: { written: 350, unknown: 100 } });
    expect(rest.taken).toHaveLength(450);
  }, 120_000);
});
