import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Deed, type FaultProxy, startFaultProxy } from '../../../connectors/src/testing/fault-proxy.ts';
import type { Client } from '../testing/client.ts';
import { DATABASES, type Databases, startDatabases } from '../testing/databases.ts';
import { type RestTarget, startRestTarget } from '../testing/push-targets.ts';
import { startOn, type TestServer } from '../testing/servers.ts';
import { tries } from '../testing/tries.ts';
import { until } from '../testing/until.ts';

interface PushRun {
  readonly id: string;
  readonly state: string;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly progress: { readonly rows: number };
  readonly result: {
    readonly sent: number;
    readonly written: number;
    readonly skipped: number;
    readonly failed: number;
    readonly unknown: number;
    readonly resent: number;
    readonly position: number;
    readonly failures: readonly { readonly row: number; readonly status: number | null; readonly unknown: boolean }[];
    readonly in_doubt: { readonly from: number; readonly to: number; readonly rows: number } | null;
    readonly check: { readonly ok: boolean | null } | null;
  };
}

const ROWS = 12_000;
const FIELDS = [
  { name: 'id', type: 'sequence' },
  { name: 'full_name', type: 'full_name' },
];
const TABLES = ['given', 'made', 'loose'] as const;
type TableName = (typeof TABLES)[number];

let server: TestServer;
let client: Client;
let template: string;
let databases: Databases;
beforeAll(async () => {
  [server, databases] = await Promise.all([startOn('external', { privateTargets: ['127.0.0.1'] }), startDatabases()]);
  client = server.client;
  template = await client.create(FIELDS);
  await databases.postgres.query(`
    CREATE TABLE given (id integer PRIMARY KEY, full_name text);
    CREATE TABLE made (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, full_name text);
    CREATE TABLE loose (full_name text)`);
  await databases.mysql.query(`
    CREATE TABLE given (id integer PRIMARY KEY, full_name text) CHARSET utf8mb4;
    CREATE TABLE made (id bigint AUTO_INCREMENT PRIMARY KEY, full_name text) CHARSET utf8mb4;
    CREATE TABLE loose (full_name text) CHARSET utf8mb4`);
}, 180_000);
afterAll(async () => {
  await Promise.all([server?.close(), databases?.stop()]);
});

let connections = 0;
const connect = async (type: string, url: string, more: object = {}): Promise<string> => {
  const name = `target ${++connections}`;
  const { status, body } = await client.post<{ id: string }>('/connections', { name, type, url, ...more });
  expect({ status, body }).toMatchObject({ status: 201 });
  return body.id;
};
const submit = async (connection: string, body: object): Promise<string> => {
  const answer = await client.post<{ run_id: string }>(`/connections/${connection}/push`, {
    template_id: template,
    count: ROWS,
    seed: 's',
    ...body,
  });
  expect({ status: answer.status, body: answer.body }).toMatchObject({ status: 202 });
  return answer.body.run_id;
};
const ended = async (run: string): Promise<PushRun> => (await client.get<PushRun>(`/runs/${run}?wait=true`)).body;
const resumed = async (run: string, unknown?: string): Promise<PushRun> => {
  const answer = await client.post(`/runs/${run}/resume`, unknown === undefined ? {} : { unknown });
  expect({ status: answer.status, body: answer.body }).toMatchObject({ status: 202 });
  return ended(run);
};

describe.each(DATABASES)('pushes into %s over a network that fails', (type) => {
  let proxy: FaultProxy;
  let connection: string;
  const query = (text: string) => databases[type].query(text);
  const countIn = async (table: TableName): Promise<number> => databases[type].number(`count(*) FROM ${table}`);
  const distinctIn = async (): Promise<number> => databases[type].number('count(DISTINCT full_name) FROM made');
  beforeAll(async () => {
    proxy = await startFaultProxy({ host: '127.0.0.1', port: databases[type].port });
    connection = await connect(type, databases[type].url(proxy.port));
  });
  afterAll(() => proxy?.stop());

  const bodyOf = (table: TableName) => ({
    table,
    ...databases[type].place,
    ...(table === 'given' ? {} : { mapping: { id: null, full_name: 'full_name' } }),
  });
  /** Does something to the n-th chunk of bytes that hold a text. */
  const atNth = (text: string, n: number, deed: Deed): void => {
    let seen = 0;
    proxy.onClient = (chunk) => (chunk.includes(text) && ++seen === n ? deed : 'pass');
  };

  describe.each(TABLES)('(table %s)', (table) => {
    it.each(['cut', 'pass_then_cut'] as const)('count right when a COMMIT ends in %s', async (deed) => {
      for (const nth of [2, 1, 3].slice(0, tries(1, 3))) {
        await query(`TRUNCATE TABLE ${table}`);
        atNth('COMMIT', nth, deed);
        const run = await submit(connection, bodyOf(table));
        const first = await ended(run);
        proxy.onClient = () => 'pass';
        if (table === 'loose') {
          // Nothing tells rows apart, so nobody can know, and nobody claims to.
          const before = (nth - 1) * 5000;
          expect(first).toMatchObject({
            state: 'failed',
            error: { code: 'unknown_outcome' },
            result: {
              written: before,
              position: before,
              in_doubt: { from: before, to: Math.min(before + 5000, ROWS) },
            },
          });
          const last = await resumed(run, deed === 'cut' ? 'resend' : 'skip');
          expect(last).toMatchObject({ state: 'done', result: { in_doubt: null, position: ROWS } });
        } else {
          expect(first).toMatchObject({
            state: 'done',
            result: { written: ROWS, failed: 0, unknown: 0, in_doubt: null, check: { ok: true } },
          });
        }
        expect(await countIn(table)).toBe(ROWS);
        if (table === 'made') expect(await distinctIn()).toBeGreaterThan(ROWS / 3);
      }
    });
  });

  it('write each row once when a COMMIT comes long after everybody has stopped waiting for it', async () => {
    for (const table of ['made', 'given'] as const) {
      await query(`TRUNCATE TABLE ${table}`);
      atNth('COMMIT', 2, 'late');
      const first = await ended(await submit(connection, bodyOf(table)));
      expect(first).toMatchObject({ state: 'done', result: { written: ROWS, check: { ok: true } } });
      expect(proxy.release()).toBe(1);
      proxy.onClient = () => 'pass';
      // Whoever waits for the same locks sees the end of the transaction.
      await query(`ALTER TABLE ${table} ADD COLUMN later integer`);
      await query(`ALTER TABLE ${table} DROP COLUMN later`);
      expect(await countIn(table)).toBe(ROWS);
    }
  });

  it('count right wherever a connection breaks', async () => {
    for (let nth = 2; nth < 40; nth += tries(12, 1)) {
      for (const table of ['given', 'made'] as const) {
        await query(`TRUNCATE TABLE ${table}`);
        let left = nth;
        proxy.onClient = () => (left-- > 0 ? 'pass' : left === -1 ? 'cut' : 'pass');
        const answer = await client.post<{ run_id: string }>(`/connections/${connection}/push`, {
          template_id: template,
          count: ROWS,
          ...bodyOf(table),
        });
        if (answer.status !== 202) {
          // It broke while the table was being looked for.
          expect(answer.text).toContain('connection_failed');
          continue;
        }
        expect(await ended(answer.body.run_id)).toMatchObject({
          state: 'done',
          result: { written: ROWS, check: { ok: true } },
        });
        expect(await countIn(table)).toBe(ROWS);
      }
    }
  });

  it('end when the system is gone for good, and go on later', async () => {
    await query('TRUNCATE TABLE made');
    let isGone = false;
    let commits = 0;
    proxy.onClient = (chunk) => {
      if (chunk.includes('COMMIT') && ++commits === 2) isGone = true;
      return isGone ? 'cut' : 'pass';
    };
    const run = await submit(connection, { ...bodyOf('made'), retries: 1 });
    const first = await ended(run);
    expect(first).toMatchObject({ state: 'failed', error: { code: 'broken' }, result: { written: 5000 } });
    // A chunk that was quick is followed by a larger one.
    const { to } = first.result.in_doubt ?? { to: 0 };
    expect([10_000, ROWS]).toContain(to);
    expect(first.result.in_doubt).toEqual({ from: 5000, to, rows: to - 5000 });
    proxy.onClient = () => 'pass';
    expect(await resumed(run)).toMatchObject({ state: 'done', result: { written: ROWS, in_doubt: null } });
    expect(await countIn('made')).toBe(ROWS);
  });

  it('are free in time of a system that says nothing any more', async () => {
    await query('TRUNCATE TABLE given');
    let isMute = false;
    proxy.onClient = (chunk) => {
      if (isMute) return 'swallow';
      isMute = chunk.includes('COMMIT');
      return 'pass';
    };
    const start = performance.now();
    const run = await submit(connection, { ...bodyOf('given'), retries: 0, timeout_seconds: 2 });
    const { state, error } = await ended(run);
    expect({ state, code: error?.code }).toEqual({ state: 'failed', code: 'timeout' });
    expect(performance.now() - start).toBeLessThan(20_000);
    proxy.cut();
    proxy.onClient = () => 'pass';
    expect(await resumed(run)).toMatchObject({ state: 'done', result: { written: ROWS, check: { ok: true } } });
    expect(await countIn('given')).toBe(ROWS);
  });

  it('say how far they came when they are cancelled', async () => {
    await query('TRUNCATE TABLE made');
    proxy.onClient = () => 'pass';
    const run = await submit(connection, { ...bodyOf('made'), count: 200_000 });
    await until(async () => (await client.get<PushRun>(`/runs/${run}`)).body.progress.rows >= 10_000);
    expect((await client.post(`/runs/${run}/cancel`, {})).status).toBe(200);
    // Rows that were being kept when it was cancelled are counted a moment later.
    const settled = async (): Promise<PushRun> => (await client.get<PushRun>(`/runs/${run}`)).body;
    await until(
      async () =>
        (await settled()).result.in_doubt === null && (await countIn('made')) === (await settled()).result.written,
    );
    const { state, result } = await settled();
    expect(state).toBe('cancelled');
    expect(result.written).toBeGreaterThanOrEqual(10_000);
    expect(result.written).toBeLessThan(200_000);
  });
});

describe('pushes into a REST system', () => {
  let target: RestTarget;
  beforeAll(async () => {
    target = await startRestTarget();
  });
  afterAll(() => target?.stop());
  const fresh = async (options: object = {}): Promise<string> => {
    Object.assign(target, { taken: [], requests: 0, knowsKeys: false, answer: () => 'keep' });
    return connect('rest', target.url, { options: { path: 'people', ...options } });
  };
  const ids = (): number[] => target.taken.map(({ row }) => row['id'] as number).sort((a, b) => a - b);
  const all = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);

  it('send one row in each request, to the path of the connection or of the push', async () => {
    const run = await ended(await submit(await fresh(), { count: 250 }));
    expect(run).toMatchObject({ state: 'done', result: { written: 250, check: { by: 'none', ok: null } } });
    expect(ids()).toEqual(all(250));
    expect(await ended(await submit(await fresh(), { count: 3, path: 'others' }))).toMatchObject({ state: 'done' });
  });

  it('send lists under a key', async () => {
    const run = await ended(await submit(await fresh(), { count: 250, batch_key: 'items', batch_size: 40 }));
    expect(run).toMatchObject({ state: 'done', result: { written: 250 } });
    expect(ids()).toEqual(all(250));
    expect(target.requests).toBe(7);
  });

  it('list what was refused, row by row, and send it once', async () => {
    const connection = await fresh();
    const counts = new Map<number, number>();
    target.answer = (_, body) => {
      const { id } = body as { id: number };
      counts.set(id, (counts.get(id) ?? 0) + 1);
      if (id % 50 === 0) return 400;
      // Turned away before any work is done: sent again.
      return id % 7 === 0 && counts.get(id) === 1 ? 429 : 'keep';
    };
    const { state, result } = await ended(await submit(connection, { count: 250 }));
    expect({ state, ...result }).toMatchObject({ state: 'done', written: 245, failed: 5, unknown: 0 });
    expect(result.failures.map(({ row, status }) => ({ row, status }))).toEqual(
      [49, 99, 149, 199, 249].map((row) => ({ row, status: 400 })),
    );
    expect(ids()).toHaveLength(245);
    expect(counts.get(50)).toBe(1);
  });

  it('say of 500 that nothing is known, where the system does not know requests', async () => {
    const connection = await fresh();
    target.answer = (number) => (number === 30 ? 500 : 'keep');
    const { state, result } = await ended(await submit(connection, { count: 60 }));
    expect({ state, ...result }).toMatchObject({ state: 'done', written: 59, failed: 0, unknown: 1 });
    expect(result.failures).toMatchObject([{ status: 500, unknown: true }]);
  });

  it('stop where it is not known whether a row arrived, and go on as somebody decides', async () => {
    for (const deed of ['keep_then_cut', 'cut'] as const) {
      for (const unknown of ['resend', 'skip']) {
        const connection = await fresh({ concurrency: 1 });
        target.answer = (number) => (number === 30 ? deed : 'keep');
        const run = await submit(connection, { count: 60 });
        const first = await ended(run);
        expect(first).toMatchObject({
          state: 'failed',
          error: { code: 'unknown_outcome' },
          result: { written: 30, in_doubt: { rows: 1 } },
        });
        expect(await resumed(run, unknown)).toMatchObject({
          state: 'done',
          result: { written: unknown === 'resend' ? 60 : 59, unknown: unknown === 'resend' ? 0 : 1, in_doubt: null },
        });
        const times = { keep_then_cut: { resend: 2, skip: 1 }, cut: { resend: 1, skip: 0 } }[deed];
        expect(ids().filter((id) => id === 31)).toHaveLength(times[unknown as 'resend']);
        expect(new Set(ids()).size).toBe(times[unknown as 'resend'] === 0 ? 59 : 60);
      }
    }
  });

  it('send what is in doubt again under the same key to a system that knows requests', async () => {
    const connection = await fresh({ idempotencyHeader: 'Idempotency-Key' });
    target.knowsKeys = true;
    const faults = ['keep_then_cut', 500, 'cut', 503] as const;
    target.answer = (number) => (number % 5 === 4 ? faults[Math.floor(number / 5) % 4] : undefined) ?? 'keep';
    const run = await ended(await submit(connection, { count: 120, retries: 10 }));
    expect(run).toMatchObject({ state: 'done', result: { written: 120, unknown: 0, failed: 0 } });
    expect(ids()).toEqual(all(120));
    expect(new Set(target.taken.map(({ key }) => key)).size).toBe(120);
  });

  it('end when the system is gone, and send no row twice when they go on', async () => {
    const connection = await fresh({ idempotencyHeader: 'Idempotency-Key' });
    target.knowsKeys = true;
    target.answer = (number) => (number < 100 ? 'keep' : number % 2 === 0 ? 'keep_then_cut' : 'cut');
    const run = await submit(connection, { count: 300, retries: 1 });
    const first = await ended(run);
    expect(first).toMatchObject({ state: 'failed' });
    expect(first.result.written + (first.result.in_doubt?.rows ?? 0)).toBeGreaterThanOrEqual(target.taken.length);
    target.answer = () => 'keep';
    expect(await resumed(run)).toMatchObject({ state: 'done', result: { written: 300 } });
    expect(ids()).toEqual(all(300));
  });

  it('go no faster than they are told', async () => {
    const start = performance.now();
    const run = await ended(await submit(await fresh(), { count: 20, rate_limit: 10 }));
    expect(run).toMatchObject({ state: 'done', result: { written: 20 } });
    expect(performance.now() - start).toBeGreaterThan(1800);
  });
});
