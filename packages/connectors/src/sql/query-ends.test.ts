import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConnector } from '../connectors.ts';
import { Dialer } from '../dial/dialer.ts';
import { OutboundPolicy } from '../dial/outbound-policy.ts';
import type { Session } from '../session.ts';
import { type MariaDbServer, startMariaDb } from '../testing/start-mariadb.ts';
import { type PostgresServer, startPostgres } from '../testing/start-postgres.ts';

describe('a query that nobody waits for any more', () => {
  let postgres: PostgresServer;
  let mariadb: MariaDbServer;
  beforeAll(async () => {
    [postgres, mariadb] = await Promise.all([startPostgres(), startMariaDb()]);
  });
  afterAll(() => Promise.all([postgres?.stop(), mariadb?.stop()]));

  async function open(type: 'postgres' | 'mysql'): Promise<Session> {
    const { password, port } = type === 'mysql' ? mariadb : postgres;
    const database = type === 'mysql' ? 'shop' : 'postgres';
    const connector = await loadConnector(type);
    const url = `${type}://test:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
    const { config, secrets } = connector.parse({ url });
    const dialer = new Dialer(new OutboundPolicy(['127.0.0.0/8']));
    return await connector.open(config, { dialer, secrets, readOnly: true });
  }
  const running = async (type: 'postgres' | 'mysql'): Promise<number> => {
    const text =
      type === 'mysql'
        ? `SELECT COUNT(*) AS n FROM information_schema.PROCESSLIST WHERE INFO LIKE '%SLEEP(1234)%' AND ID <> CONNECTION_ID()`
        : `SELECT count(*)::int AS n FROM pg_stat_activity WHERE query LIKE '%pg_sleep(1234)%' AND state = 'active' AND pid <> pg_backend_pid()`;
    const rows = (await (type === 'mysql' ? mariadb.query(text) : postgres.query(text))) as { n: number }[];
    return Number(rows[0]?.n);
  };
  const until = async (type: 'postgres' | 'mysql', count: number): Promise<void> => {
    while ((await running(type)) !== count) await pause(20);
  };

  it.each(['postgres', 'mysql'] as const)('is ended by %s, and the session goes on', async (type) => {
    const session = await open(type);
    const stop = new AbortController();
    const sleep = type === 'mysql' ? 'SELECT SLEEP(1234) AS n' : 'SELECT 1 AS n, pg_sleep(1234)::text AS s';
    const failed = session.query?.(sleep, { limit: 10, signal: stop.signal }).then(
      () => false,
      () => true,
    );
    await until(type, 1);
    stop.abort();
    // MySQL has SLEEP give 1 when it is told to end.
    if (type === 'postgres') expect(await failed).toBe(true);
    else await failed;
    await until(type, 0);
    expect(await session.query?.('SELECT 7 AS n', { limit: 10 })).toMatchObject([{ n: 7 }]);
    await session.close();
  });
});
