import { request } from 'node:http';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MOST_CONNECTIONS, type Store } from '../store/open-store.ts';
import { keyedRoutes } from '../testing/matrix/keyed-routes.ts';
import { requestOf } from '../testing/matrix/requests.ts';
import { World } from '../testing/matrix/world.ts';
import { registerWorker } from '../testing/register-worker.ts';
import { A_STORE, startOn, type TestServer } from '../testing/servers.ts';
import { setPlan } from '../testing/set-plan.ts';
import { tries } from '../testing/tries.ts';
import { until } from '../testing/until.ts';

const SLOW = 2 * MOST_CONNECTIONS;
const CROWD = tries(MOST_CONNECTIONS + 2, SLOW);
const ROUTES = keyedRoutes();
const GIB = 1024 ** 3;
/** One that costs a question to the database wherever something is limited. */
const CROWDED = {
  requestsPerMinute: 1_000_000,
  rowsPerHour: 1_000_000_000,
  previewsPerMinute: 1_000_000,
  fileBytes: 1024 * 1024,
  storageBytes: GIB,
  files: null,
};

describe.each(A_STORE)('requests with an Idempotency-Key, in crowds (%s store)', (kind) => {
  let server: TestServer;
  let store: Store;
  let world: World;
  beforeAll(async () => {
    server = await startOn(kind, { runs: { workers: 0, scenarioWorkers: 0 }, plans: { crowded: CROWDED } });
    await registerWorker(server);
    world = await World.make(server);
    store = await server.openDatabase();
    await setPlan(store, 'crowded');
  });
  afterAll(async () => {
    await store?.destroy();
    await world?.close();
    await server?.close();
  });
  const nobody = () => server.client.as(undefined);
  /** Somebody of another workspace, who reads. */
  const read = async (): Promise<number> =>
    (await nobody().get('/templates?limit=1', await world.headersOf('foreign'))).status;
  const blocked = async (): Promise<number> => {
    const { rows } = await sql<{ waiting: number }>`
      SELECT count(*)::int AS waiting FROM pg_locks
      WHERE NOT granted AND relation = 'request_claim'::regclass`.execute(store);
    return rows[0]?.waiting ?? 0;
  };

  it.each(ROUTES.map(({ route }) => route))('leave connections to readers and to themselves: %s', async (route) => {
    const { kind: of, credential } = ROUTES.find((cell) => cell.route === route) as (typeof ROUTES)[number];
    const headers = await world.headersOf(credential);
    const asked = [];
    for (let i = 0; i < CROWD; i++) {
      const id = of === undefined ? '' : await world.make(of, 'own');
      asked.push(await requestOf(route, of, id, world, 'own'));
    }
    await world.forgetAttempts();
    // None of them can claim before the gate is opened.
    const gate = await store.startTransaction().execute();
    let crowd: Promise<number[]>;
    try {
      await sql`LOCK TABLE request_claim IN SHARE MODE`.execute(gate);
      let left = CROWD;
      const answers = asked.map(async ({ method, path, body, headers: more }, i) => {
        const all = { ...headers, ...more, 'idempotency-key': `crowd ${route} ${i}` };
        const { status } = await nobody().send(method, path, body, all);
        left--;
        return status;
      });
      crowd = Promise.all(answers);
      // What is refused before it claims is over.
      await until(async () => left === 0 || (await blocked()) >= 3);
      expect(await read()).toBe(200);
    } finally {
      await gate.rollback().execute();
    }
    expect((await crowd).filter((status) => status >= 500 && status !== 502)).toEqual([]);
  });

  it('hold no connection while their bodies arrive', async () => {
    const uploads = Array.from({ length: SLOW }, (_, i) => {
      const upload = request(`${server.client.url}/workspace/files`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${server.key}`,
          'idempotency-key': `slow ${i}`,
          'content-type': 'multipart/form-data; boundary=edge',
        },
      });
      const status = new Promise<number | undefined>((resolve, reject) =>
        upload.on('error', reject).on('response', (response) => resolve(response.resume().statusCode)),
      );
      const head = (what: string): string => `--edge\r\nContent-Disposition: form-data; ${what}\r\n\r\n`;
      upload.write(`${head('name="name"')}slow-${i}\r\n${head('name="file"; filename="f"')}some`);
      return { upload, status };
    });
    await until(async () => {
      const found = await store.selectFrom('file_blob').where('state', '=', 'writing').select('id').execute();
      return found.length === SLOW;
    });
    expect(await read()).toBe(200);
    for (const { upload } of uploads) upload.end('\r\n--edge--\r\n');
    expect(new Set(await Promise.all(uploads.map(({ status }) => status)))).toEqual(new Set([201]));
  });
});
