import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../../../connectors/src/testing/start-postgres.ts';
import { connect, type Store } from '../store/open-store.ts';
import { Client } from '../testing/client.ts';
import { type ExternalPostgres, startExternalPostgres } from '../testing/external-postgres.ts';
import { removeFolder, temporaryFolder } from '../testing/servers.ts';
import { type SpawnedServer, spawnServer } from '../testing/spawn-server.ts';
import { tries } from '../testing/tries.ts';

const KEY = 'dm_test_key_of_scenario_writes';
const ROUNDS = tries(1, 60);
const CUSTOMERS = 300;
const ORDERS = 2400;
/** Of several calls, one of which is many requests, and one waits for others. */
const CODE = `
from datamaker import DataMaker
dm = DataMaker()
print("attempt", dm.attempt)
shop = dm.connection("shop")
customers = dm.generate("customer", ${CUSTOMERS})
shop.insert("customers", customers)
ids = [customer["id"] for customer in customers]
for part in range(4):
    shop.insert("orders", dm.stream("order", ${ORDERS / 4}, overrides={"customer_id": dm.pick_from(ids)}))
for number in range(900):
    shop.insert_one("notes", {"id": number, "text": f"note {number}"})
dm.flush()
print("end")
`;

interface RunBody {
  readonly run_id: string;
  readonly state: string;
  readonly attempt: number;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly logs_url: string;
}

describe('what scripts write, of servers that are killed', () => {
  const dataDirectory = temporaryFolder();
  let postgres: ExternalPostgres;
  let target: PostgresServer;
  let databaseUrl: string;
  let store: Store;
  let now: { server: SpawnedServer; client: Client };

  const start = async (...death: readonly string[]): Promise<void> => {
    const server = await spawnServer('mortal-scenario-process.ts', dataDirectory, databaseUrl, KEY, ...death);
    now = { server, client: new Client(server.url, KEY) };
  };
  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    now.server.child.kill(signal);
    await now.server.exit;
  };
  /** As if the time of leases and heartbeats had passed: a minute, by the clock of the database. */
  const letTimePass = async (): Promise<void> => {
    await sql`UPDATE run SET lease_until = lease_until - interval '1 minute'`.execute(store);
    await sql`UPDATE datamaker_queue.job SET heartbeat_on = heartbeat_on - interval '1 minute'`.execute(store);
  };
  const run = async (code: string): Promise<{ path: string; scenario: string }> => {
    const { body: scenario } = await now.client.post('/scenarios', { name: 'writes', code, retry_on_crash: true });
    const { body } = await now.client.post<RunBody>(`/scenarios/${scenario.id}/run`, {});
    return { path: `/scenarios/${scenario.id}/runs/${body.run_id}`, scenario: scenario.id };
  };
  const ended = async (path: string): Promise<RunBody> => (await now.client.get<RunBody>(`${path}?wait=true`)).body;
  const counts = async (): Promise<object> => {
    const [found] = await target.query(`
      SELECT (SELECT count(*)::int FROM customers) AS customers,
             (SELECT count(*)::int FROM orders JOIN customers ON customers.id = customer_id) AS orders,
             (SELECT count(*)::int FROM notes) AS notes`);
    return found as object;
  };
  const ALL = { customers: CUSTOMERS, orders: ORDERS, notes: 900 };

  beforeAll(async () => {
    [postgres, target] = await Promise.all([startExternalPostgres(), startPostgres()]);
    databaseUrl = await postgres.createStore();
    store = connect({ url: databaseUrl }, () => undefined);
    await start();
    const url = `postgres://test:${encodeURIComponent(target.password)}@127.0.0.1:${target.port}/postgres`;
    await now.client.post('/connections', { name: 'shop', type: 'postgres', url });
    const id = { name: 'id', type: 'uuid' };
    await now.client.post('/templates', { name: 'customer', fields: [id, { name: 'name', type: 'full_name' }] });
    await now.client.post('/templates', { name: 'order', fields: [id, { name: 'customer_id', type: 'uuid' }] });
    await end('SIGTERM');
  });
  beforeEach(() =>
    target.query(`
      DROP TABLE IF EXISTS orders, customers, notes, loose;
      CREATE TABLE customers (id uuid PRIMARY KEY, name text NOT NULL);
      CREATE TABLE orders (id uuid PRIMARY KEY, customer_id uuid NOT NULL REFERENCES customers);
      CREATE TABLE notes (id integer PRIMARY KEY, text text);
      CREATE TABLE loose (text text)`),
  );
  afterEach(() => end('SIGTERM'));
  afterAll(async () => {
    await store?.destroy();
    await Promise.all([postgres?.stop(), target?.stop()]);
    removeFolder(dataDirectory);
  });

  it.each([
    ['sent', 2],
    ['kept', 1],
    ['kept', 4],
    ['kept', 7],
  ] as const)('is there once: killed when rows were %s, the time %i', { timeout: 300_000 }, async (point, nth) => {
    await start(point, String(nth));
    const { path } = await run(CODE);
    await now.server.exit;
    await letTimePass();
    await start();
    expect(await ended(path)).toMatchObject({ state: 'done', attempt: 2, error: null });
    expect(await counts()).toEqual(ALL);
  });

  it('is there once, killed at any moment', { timeout: 60_000 + ROUNDS * 240_000 }, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      await target.query('TRUNCATE orders, customers, notes');
      await start();
      const { path } = await run(CODE);
      for (let death = 0; death < 2; death++) {
        await pause(Math.random() * 1500);
        await end('SIGKILL');
        await letTimePass();
        await start();
      }
      expect(await ended(path)).toMatchObject({ state: 'done', error: null });
      expect(await counts()).toEqual(ALL);
      if (round + 1 < ROUNDS) await end('SIGTERM');
    }
  });

  it('is not there twice where rows have no key: the next attempt says that it does not know', {
    timeout: 300_000,
  }, async () => {
    await start('kept', '1');
    const { path } = await run(
      'from datamaker import DataMaker\nDataMaker().connection("shop").insert("loose", [{"text": "a"}])\n',
    );
    await now.server.exit;
    await letTimePass();
    await start();
    const failed = await ended(path);
    expect(failed).toMatchObject({ state: 'failed', attempt: 2 });
    expect(failed.error?.message).toContain('whether its rows were kept is not known');
    expect(await target.query('SELECT count(*)::int FROM loose')).toEqual([{ count: 1 }]);
  });
});
