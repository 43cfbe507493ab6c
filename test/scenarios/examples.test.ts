import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ODataService,
  startODataService,
} from '../../packages/connectors/src/sap-odata/testing/start-odata-service.ts';
import { type MariaDbServer, startMariaDb } from '../../packages/connectors/src/testing/start-mariadb.ts';
import { type PostgresServer, startPostgres } from '../../packages/connectors/src/testing/start-postgres.ts';
import { type RestTarget, startRestTarget } from '../../packages/server/src/testing/push-targets.ts';
import { startOn, type TestServer } from '../../packages/server/src/testing/servers.ts';
import { pythonWith } from '../python/virtual-environment.ts';

const EXAMPLES = new URL('../../examples/scenarios/', import.meta.url);
const SDK = fileURLToPath(new URL('../../python/sdk/', import.meta.url));
/** Packages may have to come from PyPI, and Olingo from Maven. */
const STARTS_MS = 600_000;

const read = (name: string): string => readFileSync(new URL(name, EXAMPLES), 'utf8');
const FILES = readdirSync(EXAMPLES).filter((name) => name.endsWith('.py'));
/** The columns of tables.sql in the SQL of MariaDB. */
const WAREHOUSE =
  'CREATE TABLE customers (id char(36) PRIMARY KEY, name varchar(200) NOT NULL, email varchar(200) NOT NULL, country char(2))';

interface RunBody {
  readonly run_id: string;
  readonly state: string;
  readonly exit_code: number | null;
  readonly error: object | null;
  readonly plan: {
    readonly writes: readonly { readonly action: string; readonly target: string; readonly rows: number }[];
  };
  readonly logs_url: string;
}

interface Ended {
  readonly run: RunBody;
  readonly code: number | null;
  /** Its log. */
  readonly out: string;
}

describe.skipIf(!existsSync('/usr/bin/bwrap'))('examples of scenarios', () => {
  let server: TestServer;
  let postgres: PostgresServer;
  let mariadb: MariaDbServer;
  let rest: RestTarget;
  let sap: ODataService;
  let production: pg.Client;
  let python: string;
  beforeAll(async () => {
    python = await pythonWith(new URL('../../python/sdk/requirements.txt', import.meta.url));
    sap = await startODataService();
    [postgres, mariadb, rest] = [await startPostgres(), await startMariaDb(), await startRestTarget()];
    server = await startOn('bundled', { privateTargets: ['127.0.0.0/8'] });
    for (const name of readdirSync(new URL('templates/', EXAMPLES))) {
      const made = await server.client.post('/templates', JSON.parse(read(`templates/${name}`)) as object);
      expect(made.status, made.text).toBe(201);
    }
    await postgres.query(read('tables.sql'));
    await postgres.query('CREATE DATABASE production');
    const { host, port, user, password } = postgres;
    production = new pg.Client({ host, port, user, password, database: 'production' });
    await production.connect();
    await production.query(read('tables.sql'));
    await mariadb.query(`USE shop; ${WAREHOUSE}`);
    const of = (target: { port: number; user: string; password: string }) => ({
      auth: { type: 'basic', username: target.user, password: target.password },
    });
    const url = `postgres://127.0.0.1:${postgres.port}/`;
    for (const connection of [
      { name: 'conn_postgres', type: 'postgres', url: `${url}postgres`, ...of(postgres) },
      { name: 'conn_production', type: 'postgres', url: `${url}production`, ...of(postgres), readOnly: true },
      { name: 'conn_warehouse', type: 'mysql', url: `mysql://127.0.0.1:${mariadb.port}/shop`, ...of(mariadb) },
      { name: 'conn_crm', type: 'rest', url: rest.url },
      {
        name: 'conn_sap',
        type: 'sap_odata',
        url: `${sap.url}/v2`,
        auth: { type: 'basic', username: sap.username, password: sap.password },
      },
    ]) {
      const made = await server.client.post<object>('/connections', connection);
      expect(made.body, made.text).toMatchObject({ verification: { status: 'verified' } });
    }
  }, STARTS_MS);
  afterAll(async () => {
    await server?.close();
    await production?.end();
    await Promise.all([postgres?.stop(), mariadb?.stop(), rest?.stop(), sap?.stop()]);
  });

  const ids = new Map<string, string>();
  const idOf = async (name: string): Promise<string> => {
    const known = ids.get(name);
    if (known !== undefined) return known;
    const { body } = await server.client.post<{ id: string }>('/scenarios', { name, code: read(name) });
    ids.set(name, body.id);
    return body.id;
  };
  const begin = async (path: string, body: object): Promise<Ended> => {
    const { body: run } = await server.client.post<RunBody>(path, { wait: 'true', ...body });
    return { run, code: run.exit_code, out: (await server.client.get(run.logs_url)).text };
  };
  /** Runs an example as a scenario, in the sandbox of the server, and then again from what it was answered. */
  const run = async (name: string, params: object = {}): Promise<Ended> => {
    const path = `/scenarios/${await idOf(name)}`;
    const ended = await begin(`${path}/run`, { params });
    const again = await begin(`${path}/runs/${ended.run.run_id}/replay`, {});
    expect({ state: again.run.state, error: again.run.error, out: again.out }).toEqual({
      state: ended.run.state,
      error: ended.run.error,
      out: ended.out,
    });
    return ended;
  };
  /** Runs an example with the package, as somebody does on a machine of their own. */
  const runOutside = (name: string, params: object = {}): Promise<{ readonly code: number; readonly out: string }> => {
    const env = {
      ...process.env,
      PYTHONPATH: `${SDK}src`,
      PYTHONDONTWRITEBYTECODE: '1',
      DM_URL: server.client.url,
      DM_API_KEY: server.key,
      DM_PARAMS: JSON.stringify(params),
    };
    return new Promise((resolve) => {
      execFile(python, [fileURLToPath(new URL(name, EXAMPLES))], { env }, (error, stdout, stderr) => {
        const code = typeof error?.code === 'number' ? error.code : error === null ? 0 : -1;
        resolve({ code, out: `${stdout}${stderr}` });
      });
    });
  };
  const clear = () => postgres.query('DELETE FROM orders; DELETE FROM customers');
  const count = async (sql: string): Promise<number> => Number((await postgres.query<{ n: string }>(sql))[0]?.n);

  it('minimal: fills both tables', async () => {
    await clear();
    expect(await run('minimal.py')).toMatchObject({
      code: 0,
      out: 'INSERT customers → 100 rows\nINSERT orders → 500 rows\n✓ seeded 100 customers and 500 orders\n',
    });
    expect(await count('SELECT count(*) AS n FROM customers')).toBe(100);
    expect(await count('SELECT count(*) AS n FROM orders JOIN customers c ON c.id = customer_id')).toBe(500);
  });

  it('minimal: does the same on a machine of its own', async () => {
    await clear();
    expect(await runOutside('minimal.py')).toEqual({ code: 0, out: '✓ seeded 100 customers and 500 orders\n' });
    expect(await count('SELECT count(*) AS n FROM orders JOIN customers c ON c.id = customer_id')).toBe(500);
  });

  it.each([
    [
      'minimal.py',
      {},
      [
        ['insert', 'customers', 100],
        ['insert', 'orders', 500],
      ],
    ],
    ['mask_and_load.py', {}, []],
    [
      'regional_logic.py',
      { countries: 'CH', size: '10' },
      [
        ['insert', 'customers', 3],
        ['insert', 'orders', 6],
      ],
    ],
  ])('%s: tells in a dry run what it would write', async (name, params, writes) => {
    await clear();
    const dry = await begin(`/scenarios/${await idOf(name)}/run`, { dry_run: true, params });
    expect({ state: dry.run.state, error: dry.run.error, out: dry.out }).toMatchObject({ state: 'done', error: null });
    expect(dry.run.plan.writes.map(({ action, target, rows }) => [action, target, rows])).toEqual(writes);
    expect(await count('SELECT (SELECT count(*) FROM customers) + (SELECT count(*) FROM orders) AS n')).toBe(0);
  });

  it('regional logic: each country by its own rules', async () => {
    await clear();
    expect(await run('regional_logic.py', { size: '50' })).toMatchObject({ code: 0 });
    const rows = await postgres.query(
      `SELECT country, count(DISTINCT c.id)::int AS customers, count(o.id)::int AS orders, count(DISTINCT currency)::int AS currencies, min(currency) AS currency
         FROM customers c LEFT JOIN orders o ON o.customer_id = c.id GROUP BY country ORDER BY country`,
    );
    expect(rows).toEqual([
      { country: 'BR', customers: 30, orders: 60, currencies: 1, currency: 'BRL' },
      { country: 'CH', customers: 15, orders: 30, currencies: 1, currency: 'CHF' },
      { country: 'DE', customers: 50, orders: 100, currencies: 1, currency: 'EUR' },
    ]);
    const unknown = await run('regional_logic.py', { countries: 'DE,XX' });
    expect(unknown).toMatchObject({ code: 1, out: 'there are no rules for XX; there are: DE, CH, BR\n' });
  });

  it('multi-target: all three systems have all of them', async () => {
    await clear();
    expect(await run('multi_target.py', { size: '40' })).toMatchObject({
      code: 0,
      out: expect.stringContaining('4 of 4 checks hold'),
    });
    const there = await mariadb.query<{ id: string }>('SELECT id FROM shop.customers ORDER BY id');
    const here = await postgres.query<{ id: string }>('SELECT id::text FROM customers ORDER BY id::text');
    expect(there).toEqual(here);
    expect(rest.taken.map(({ row }) => row['externalId']).toSorted()).toEqual(here.map(({ id }) => id));
  });

  it('SAP regression set: the same orders each time, posted once', async () => {
    const first = await run('sap_regression_set.py');
    expect(first).toMatchObject({ code: 0, out: expect.stringContaining('SalesOrders: 20 posted, 0 were there') });
    const again = await run('sap_regression_set.py');
    expect(again).toMatchObject({ code: 0, out: expect.stringContaining('SalesOrders: 0 posted, 20 were there') });
    expect((await server.client.get<{ version: number }>('/sets/regression%20sales%20orders')).body.version).toBe(1);
    expect(
      (await sap.log()).filter((line) => line.startsWith('POST') && line.includes('SalesOrders')).length,
    ).toBeLessThanOrEqual(20);
  });

  it('mask and load: nothing personal of production arrives', async () => {
    await clear();
    await production.query(
      `INSERT INTO customers SELECT gen_random_uuid(), 'Real Person ' || i, 'real' || i || '@corp.example', 'DE' FROM generate_series(1, 60) i`,
    );
    for (let attempt = 0; attempt < 2; attempt++) {
      expect(await run('mask_and_load.py')).toMatchObject({
        code: 0,
        out: expect.stringContaining('✓ masked and loaded 60 rows'),
      });
    }
    const ids = async (from: { query(sql: string): Promise<unknown> }) => {
      const found = await from.query('SELECT id FROM customers ORDER BY id');
      return (found as { rows?: unknown }).rows ?? found;
    };
    expect(await ids(postgres)).toEqual(await ids(production));
    expect(await count(`SELECT count(*) AS n FROM customers WHERE name LIKE 'Real%' OR email LIKE 'real%@%'`)).toBe(0);
  });

  it('CI: a build has the same rows each time, and a report', async () => {
    const sum = `SELECT md5(string_agg(x, ',' ORDER BY x)) AS n FROM (SELECT c::text AS x FROM customers c UNION ALL SELECT o::text FROM orders o) t`;
    const sums: unknown[] = [];
    for (let attempt = 0; attempt < 2; attempt++) {
      expect(await run('ci.py', { build: 'pr-17', size: '30' })).toMatchObject({
        code: 0,
        out: expect.stringContaining('3 of 3 checks hold'),
      });
      sums.push((await postgres.query(sum))[0]);
    }
    expect(sums[1]).toEqual(sums[0]);
    const { body } = await server.client.get<object>('/workspace/files/ci%2Fpr-17.json');
    expect(body).toMatchObject({ build: 'pr-17', ok: true, total: 3 });
    expect(await run('ci.py')).toMatchObject({ code: 1, out: expect.stringContaining("has no parameter 'build'") });
  });

  it('have the one that the product prints, word for word', () => {
    const [, printed = ''] =
      /^SCENARIO = """\\\n([\s\S]*?)^"""$/m.exec(readFileSync(`${SDK}tests/test_seed_example.py`, 'utf8')) ?? [];
    expect(printed).toContain('from datamaker import DataMaker');
    expect(read('minimal.py').replace(/^(#.*\n|\n)+/, '')).toBe(printed);
  });

  it('are all listed and run, each with what it needs at its head', () => {
    expect([...ids.keys()].toSorted()).toEqual(FILES.toSorted());
    for (const file of FILES) {
      expect(read('README.md')).toContain(`(${file})`);
      expect(read(file)).toMatch(/^# [\s\S]*?^# Needs: /m);
    }
  });
});
