import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FaultProxy, startFaultProxy } from '../../../connectors/src/testing/fault-proxy.ts';
import type { Toxic } from '../../../connectors/src/testing/toxics.ts';
import type { Client } from '../testing/client.ts';
import { DATABASES, type Databases, startDatabases } from '../testing/databases.ts';
import { type RestTarget, startRestTarget } from '../testing/push-targets.ts';
import { startOn, type TestServer } from '../testing/servers.ts';
import { tries } from '../testing/tries.ts';

interface PushRun {
  readonly state: string;
  readonly error: { readonly code: string } | null;
  readonly result: {
    readonly position: number;
    readonly written: number;
    readonly failed: number;
    readonly unknown: number;
    readonly in_doubt: { readonly rows: number } | null;
  };
}

/** Where it strikes is drawn anew each time: of a push of 12,000 rows some 600 kB go up and 40 kB come down. */
const TOXICS: Readonly<Record<Toxic['kind'], (at: number) => Toxic>> = {
  latency: (at) => ({ kind: 'latency', ms: 1 + at * 20 }),
  bandwidth: (at) => ({ kind: 'bandwidth', bytesPerSecond: 300_000 + at * 1_000_000 }),
  slow_close: (at) => ({ kind: 'slow_close', ms: at * 1000 }),
  reset_peer: (at) => ({ kind: 'reset_peer', ms: 20 + at * 600 }),
  slicer: (at) => ({ kind: 'slicer', bytes: 1 + Math.floor(at * 200), way: at < 0.5 ? 'down' : 'up' }),
  limit_data: (at) => ({ kind: 'limit_data', bytes: Math.floor(6000 + at * 300_000), way: 'up' }),
  timeout: (at) => ({ kind: 'timeout', bytes: Math.floor(6000 + at * 20_000), ms: 300, way: 'down' }),
  half_open: (at) => ({ kind: 'half_open', bytes: Math.floor(6000 + at * 300_000), way: 'up' }),
};
const KINDS = Object.keys(TOXICS) as Toxic['kind'][];
const FIELDS = [
  { name: 'id', type: 'sequence' },
  { name: 'full_name', type: 'full_name' },
];

let server: TestServer;
let client: Client;
let template: string;
let databases: Databases;
let rest: RestTarget;
const proxies: FaultProxy[] = [];
const TABLE = 'full_name varchar(200)';
beforeAll(async () => {
  [server, databases, rest] = await Promise.all([
    startOn('external', { privateTargets: ['127.0.0.1'] }),
    startDatabases(),
    startRestTarget(),
  ]);
  client = server.client;
  template = await client.create(FIELDS);
  await databases.postgres.query(`CREATE TABLE made (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, ${TABLE})`);
  await databases.mysql.query(`CREATE TABLE made (id bigint AUTO_INCREMENT PRIMARY KEY, ${TABLE}) CHARSET utf8mb4`);
}, 180_000);
afterAll(async () => {
  for (const proxy of proxies) await proxy.stop();
  await Promise.all([server?.close(), databases?.stop(), rest?.stop()]);
});

const through = async (port: number): Promise<FaultProxy> => {
  const proxy = await startFaultProxy({ host: '127.0.0.1', port });
  proxies.push(proxy);
  return proxy;
};
const connect = async (name: string, type: string, url: string, options: object = {}): Promise<string> => {
  const more = type === 'rest' ? { options } : {};
  const { status, body } = await client.post<{ id: string }>('/connections', { name, type, url, ...more });
  expect({ status, body }).toMatchObject({ status: 201 });
  return body.id;
};
/** @returns undefined where the connection broke before there was a run */
const push = async (connection: string, body: object): Promise<{ id: string; run: PushRun } | undefined> => {
  const answer = await client.post<{ run_id: string }>(`/connections/${connection}/push`, {
    template_id: template,
    timeout_seconds: 3,
    ...body,
  });
  if (answer.status !== 202) {
    expect(answer.text).toContain('connection_failed');
    return undefined;
  }
  return { id: answer.body.run_id, run: await ended(answer.body.run_id) };
};
const ended = async (id: string): Promise<PushRun> => (await client.get<PushRun>(`/runs/${id}?wait=true`)).body;
const resumed = async (id: string): Promise<PushRun> => {
  expect((await client.post(`/runs/${id}/resume`, {})).status).toBe(202);
  return ended(id);
};

const ROUNDS = tries(1, 12);
/** In [0, 1), everywhere in it as rounds go on. */
const placeOf = (round: number, kind: number): number => ((round + 1) * 0.618034 + kind * 0.137) % 1;

describe.each(DATABASES)('pushes into %s over a bad network', (type) => {
  let proxy: FaultProxy;
  let connection: string;
  const query = (text: string) => databases[type].query(text);
  const count = async (): Promise<number> => databases[type].number('count(*) FROM made');
  beforeAll(async () => {
    proxy = await through(databases[type].port);
    connection = await connect(type, type, databases[type].url(proxy.port));
  });

  it.each(KINDS)(
    'count what is there (%s)',
    async (kind) => {
      let runs = 0;
      for (let round = 0; round < ROUNDS; round++) {
        await query('TRUNCATE TABLE made');
        proxy.toxic = TOXICS[kind](placeOf(round, KINDS.indexOf(kind)));
        const mapping = { id: null, full_name: 'full_name' };
        const pushed = await push(connection, {
          count: 12_000,
          table: 'made',
          ...databases[type].place,
          mapping,
          retries: 1,
        });
        proxy.toxic = undefined;
        proxy.cut();
        if (pushed === undefined) continue;
        runs++;
        const { state, result, error } = pushed.run;
        const isDone = state === 'done';
        const told = [result.written, result.written + (result.in_doubt?.rows ?? 0)];
        expect({ kind, isDone, error, told, known: told.includes(await count()) }).toMatchObject({ known: true });
        // All rows may be there, and the connection have broken while they were read back.
        const last = result.position === 12_000 ? pushed.run : await resumed(pushed.id);
        expect(last).toMatchObject({ result: { written: 12_000, failed: 0, in_doubt: null } });
        expect(await count()).toBe(12_000);
      }
      // What is reset by the clock may never come so far.
      if (kind !== 'reset_peer') expect(runs).toBeGreaterThan(0);
    },
    240_000,
  );
});

describe('pushes into a REST system over a bad network', () => {
  it.each(KINDS)(
    'count what is there (%s)',
    async (kind) => {
      const proxy = await through(Number(new URL(rest.url).port));
      const url = `http://127.0.0.1:${proxy.port}/`;
      for (const knowsKeys of [true, false]) {
        const options = { path: 'people', ...(knowsKeys ? { idempotencyHeader: 'Idempotency-Key' } : {}) };
        const connection = await connect(`${kind} ${knowsKeys}`, 'rest', url, { ...options, timeoutSeconds: 1 });
        for (let round = 0; round < ROUNDS; round++) {
          Object.assign(rest, { taken: [], knowsKeys });
          const toxic = TOXICS[kind](placeOf(round, KINDS.indexOf(kind)));
          proxy.toxic = 'bytes' in toxic && kind !== 'slicer' ? { ...toxic, bytes: toxic.bytes / 20 } : toxic;
          const pushed = await push(connection, { count: 300, retries: 2 });
          proxy.toxic = undefined;
          proxy.cut();
          if (pushed === undefined) continue;
          const { state, result, error } = pushed.run;
          const doubt = (result.in_doubt?.rows ?? 0) + result.unknown;
          const there = new Set(rest.taken.map(({ row }) => row['id'])).size;
          expect(rest.taken).toHaveLength(there);
          const known = result.written <= there && there <= result.written + doubt;
          expect({ state, error, known, there, result }).toMatchObject({ known: true });
          if (!knowsKeys) continue;
          const last = result.position === 300 ? pushed.run : await resumed(pushed.id);
          expect(last).toMatchObject({ state: 'done', result: { written: 300, unknown: 0 } });
          expect(rest.taken).toHaveLength(300);
        }
      }
    },
    240_000,
  );
});
