import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, expectError, type ListBody } from '../testing/client.ts';
import { type Databases, startDatabases } from '../testing/databases.ts';
import { type RestTarget, startRestTarget } from '../testing/push-targets.ts';
import { startOn, type TestServer } from '../testing/servers.ts';

interface StatementBody {
  readonly columns: readonly string[];
  readonly rows: readonly Record<string, unknown>[];
  readonly more: boolean;
}

describe('statements over connections', () => {
  let server: TestServer;
  let client: Client;
  let databases: Databases;
  let rest: RestTarget;
  /** Ids by name. */
  const ids: Record<string, string> = {};
  beforeAll(async () => {
    [server, databases, rest] = await Promise.all([
      startOn('external', { privateTargets: ['127.0.0.1'] }),
      startDatabases(),
      startRestTarget(),
    ]);
    client = server.client;
    const ofPostgres = { type: 'postgres', url: databases.postgres.url() };
    const all = {
      postgres: ofPostgres,
      reader: { ...ofPostgres, readOnly: true },
      mysql: { type: 'mysql', url: databases.mysql.url() },
      rest: { type: 'rest', url: rest.url },
    };
    for (const [name, body] of Object.entries(all)) {
      ids[name] = (await client.post<{ id: string }>('/connections', { name, ...body })).body.id;
    }
    await databases.postgres.query(
      "CREATE TABLE thing (id integer PRIMARY KEY, email text CHECK (email <> 'bad'), big bigint, doc jsonb)",
    );
    await databases.mysql.query('CREATE TABLE shop.thing (id integer PRIMARY KEY, email text)');
  }, 180_000);
  afterAll(async () => {
    await server?.close();
    await Promise.all([databases?.stop(), rest?.stop()]);
  });

  const execute = (name: string, sql: string, params?: readonly unknown[], headers = {}) =>
    client.post<StatementBody>(`/connections/${ids[name]}/execute`, { sql, ...(params && { params }) }, headers);

  it('change what they say, and give what they return', async () => {
    const insert = 'INSERT INTO thing VALUES ($1, $2, $3, $4) RETURNING id, email, big, doc';
    const values = [1, "ann'; DROP TABLE thing; --", '9007199254740993', { a: [1] }];
    const { status, body } = await execute('postgres', insert, values);
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        columns: ['id', 'email', 'big', 'doc'],
        rows: [{ id: 1, email: "ann'; DROP TABLE thing; --", big: '9007199254740993', doc: { a: [1] } }],
        more: false,
      },
    });
    expect((await execute('postgres', 'DELETE FROM thing')).body).toEqual({ columns: [], rows: [], more: false });
    expect(await databases.postgres.query('SELECT FROM thing')).toHaveLength(0);
    expect((await execute('mysql', 'INSERT INTO thing VALUES (?, ?)', [7, 'x'])).body.rows).toEqual([]);
    expect((await execute('mysql', 'SELECT * FROM thing WHERE id = ?', [7])).body.rows).toEqual([
      { id: 7, email: 'x' },
    ]);
  });

  it('happen once, however often they are sent', async () => {
    const key = { 'idempotency-key': 'once' };
    for (let i = 0; i < 2; i++) {
      expect((await execute('postgres', 'INSERT INTO thing (id) VALUES (40)', [], key)).status).toBe(200);
    }
    expect(await databases.postgres.query('SELECT FROM thing WHERE id = 40')).toHaveLength(1);
  });

  it('give at most ten thousand rows, and say that there are more', async () => {
    const most = await execute('postgres', 'SELECT i AS id FROM generate_series(1, 10000) i');
    expect([most.body.rows.length, most.body.more]).toEqual([10_000, false]);
    const { body } = await execute('postgres', 'SELECT i AS id FROM generate_series(1, 10001) i');
    expect([body.rows.length, body.rows.at(-1), body.more]).toEqual([10_000, { id: 10_000 }, true]);
    const large = await execute('postgres', "SELECT repeat('x', 1000000) AS x FROM generate_series(1, 9)");
    expect([large.body.rows.length, large.body.more]).toEqual([5, true]);
  });

  it('are given up on when they give more than a server holds', async () => {
    const endless = {
      postgres: "SELECT repeat('x', 1000000) AS x FROM generate_series(1, 400)",
      mysql: "SELECT repeat('x', 1000000) AS x FROM seq_1_to_400",
    };
    for (const [name, sql] of Object.entries(endless)) {
      const answer = await execute(name, sql);
      expect(expectError(answer, 502, 'connection_failed')).toMatchObject([{ code: 'too_large' }]);
    }
  });

  it.each([
    ['postgres', 'SELEC 1', [], 'statement_refused', '/sql'],
    ['postgres', 'SELECT 1; SELECT 2', [], 'statement_refused', '/sql'],
    ['postgres', 'SELECT $1::integer', [], 'statement_refused', '/sql'],
    ['postgres', 'SELECT * FROM nothing', [], 'not_in_system', '/sql'],
    ['postgres', "INSERT INTO thing VALUES (2, 'bad')", [], 'row_refused', '/sql'],
    ['postgres', 'SELECT $1::integer', ['x'], 'value_refused', '/params'],
    ['mysql', 'SELEC 1', [], 'statement_refused', '/sql'],
    ['rest', 'SELECT 1', [], 'not_supported', '/sql'],
  ])('of %s that are wrong say so: %s', async (name, sql, params, code, pointer) => {
    const answer = await execute(name, sql, params);
    expect(expectError(answer, 422, 'validation_error')).toMatchObject([{ code, pointer }]);
  });

  it.each([
    'DELETE FROM thing',
    'WITH gone AS (DELETE FROM thing RETURNING id) SELECT * FROM gone',
    "SELECT nextval('counter')",
    'SET TRANSACTION READ WRITE',
  ])('change nothing where the connection is for reading only: %s', async (sql) => {
    await databases.postgres.query('CREATE SEQUENCE IF NOT EXISTS counter');
    await databases.postgres.query('INSERT INTO thing (id) VALUES (50) ON CONFLICT DO NOTHING');
    const answer = await execute('reader', sql);
    expect(expectError(answer, 409, 'conflict')).toMatchObject([{ code: 'connection_read_only' }]);
    expect(await databases.postgres.query('SELECT FROM thing WHERE id = 50')).toHaveLength(1);
    expect((await execute('reader', 'SELECT id FROM thing WHERE id = $1', [50])).body.rows).toEqual([{ id: 50 }]);
  });

  it('are in the audit before they are sent, without their values', async () => {
    const sql = "SELECT email, 'secret-value' AS told FROM thing";
    await execute('postgres', sql);
    const { items } = (
      await client.get<ListBody<{ action: string; details: object }>>(`/audit?subject=${ids['postgres']}&limit=3`)
    ).body;
    expect(items.map(({ action }) => action)).toEqual(['export.ended', 'export.begun', 'connection.executed']);
    const sha256 = createHash('sha256').update(sql).digest('hex');
    expect(items[2]?.details).toEqual({ statement: 'SELECT', sha256, readOnly: false, role: 'owner' });
    expect(items[1]?.details).toMatchObject({ of: 'connection', fields: ['email'] });
    expect(JSON.stringify(items)).not.toContain('secret-value');
  });

  it('are beside rows to REST, which may say for themselves how they are sent', async () => {
    const rows = [{ a: 1 }, { a: 2 }];
    const post = (more: object) =>
      client.post<{ written: number }>(`/connections/${ids['rest']}/rows`, { table: 'things', rows, ...more });
    const asked = async (more: object): Promise<[number, number]> => {
      const before = rest.requests;
      const { body } = await post(more);
      return [body.written, rest.requests - before];
    };
    expect(await asked({})).toEqual([2, 2]);
    expect(await asked({ batch_key: 'items' })).toEqual([2, 1]);
    expect(await asked({ mode: 'batch' })).toEqual([2, 1]);
    expect(await asked({ mode: 'row' })).toEqual([2, 2]);
    expect(expectError(await post({ mode: 'row', batch_key: 'x' }), 422, 'validation_error')).toMatchObject([
      { code: 'conflicting_options', pointer: '/mode' },
    ]);
    const other = await client.post(`/connections/${ids['postgres']}/rows`, { table: 'thing', rows, mode: 'row' });
    expect(expectError(other, 422, 'validation_error')).toMatchObject([{ code: 'not_supported' }]);
  });
});
