import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FerretServer, startFerret } from '../../../connectors/src/testing/start-ferretdb.ts';
import { type MariaDbServer, startMariaDb } from '../../../connectors/src/testing/start-mariadb.ts';
import { type Client, expectError } from '../testing/client.ts';
import { startOn, type TestServer } from '../testing/servers.ts';

type Row = Readonly<Record<string, unknown>>;
interface SetBody {
  readonly row_count: number;
  readonly rows: readonly Row[];
}

const ITEMS = 2500;

describe('rows out of MySQL and MongoDB', () => {
  let server: TestServer;
  let client: Client;
  let mariadb: MariaDbServer;
  let ferret: FerretServer;
  let mysql: string;
  let mongodb: string;
  beforeAll(async () => {
    [server, mariadb, ferret] = await Promise.all([
      startOn('external', { privateTargets: ['127.0.0.1'] }),
      startMariaDb(),
      startFerret(),
    ]);
    client = server.client;
    await mariadb.query(`
      CREATE TABLE item (id bigint PRIMARY KEY, country char(2) NOT NULL, amount decimal(30,10), email varchar(80), bytes varbinary(10), data json, day date);
      INSERT INTO item SELECT seq + 9007199254740992, IF(seq % 3 = 0, 'NL', 'DE'), seq / 7.0, CONCAT('e', seq, '@example.org'), x'deadbeef', '{"a":[1]}', '2026-01-31' FROM seq_1_to_${ITEMS};
      CREATE SEQUENCE counter`);
    const items = ferret.db.collection('item');
    await items.insertMany(
      Array.from({ length: ITEMS }, (_, i) => ({
        _id: `k${i + 1}` as never,
        n: i + 1,
        country: (i + 1) % 3 === 0 ? 'NL' : 'DE',
        email: `e${i + 1}@example.org`,
        address: { city: `c${i % 5}`, geo: { lat: i / 10 } },
        tags: ['a', 'b'],
        lines: [{ sku: `s${i}`, quantity: 1 + (i % 9) }],
      })),
    );
    const create = async (name: string, type: string, url: string): Promise<string> => {
      const { body, text } = await client.post<{ id: string; status: string }>('/connections', { name, type, url });
      expect(text).toContain('"verified"');
      return body.id;
    };
    const place = (scheme: string, of: { user: string; password: string; port: number; database: string }): string =>
      `${scheme}://${of.user}:${encodeURIComponent(of.password)}@127.0.0.1:${of.port}/${of.database}`;
    mysql = await create('mysql', 'mysql', place('mysql', mariadb));
    mongodb = await create('mongodb', 'mongodb', `${place('mongodb', ferret)}?authSource=${ferret.database}`);
  });
  afterAll(() => Promise.all([server?.close(), mariadb?.stop(), ferret?.stop()]));

  const fetchInto = (connection: string, body: object) =>
    client.post<SetBody>(`/connections/${connection}/fetch`, { table: 'item', ...body });
  const rowsOf = async (options: object, count = 100): Promise<Row[]> => {
    const id = await client.create([{ name: 'v', type: 'db_response', options }]);
    const { status, body, text } = await client.post<Row[]>(`/templates/${id}/generate`, { count, seed: 's' });
    expect({ status, text: text.slice(0, 500) }).toMatchObject({ status: 200 });
    return body;
  };

  it('are a set, with all their digits and bytes', async () => {
    const { status, body, text } = await fetchInto(mysql, { set: 'items', order_by: ['id'] });
    expect({ status, text: text.slice(0, 300) }).toMatchObject({ status: 201 });
    expect(body).toMatchObject({ row_count: ITEMS });
    expect((await client.get<SetBody>('/sets/items?offset=2099&limit=1')).body.rows).toEqual([
      {
        id: '9007199254743092',
        country: 'NL',
        amount: '300.0000000000',
        email: 'e2100@example.org',
        bytes: '3q2+7w==',
        data: { a: [1] },
        day: '2026-01-31',
      },
    ]);
    const other = await fetchInto(mongodb, { set: 'documents', order_by: ['n'] });
    expect({ status: other.status, text: other.text.slice(0, 300) }).toMatchObject({ status: 201 });
    expect(other.body).toMatchObject({ row_count: ITEMS });
    expect((await client.get<SetBody>('/sets/documents?offset=9&limit=1')).body.rows).toEqual([
      {
        _id: 'k10',
        n: 10,
        country: 'DE',
        email: 'e10@example.org',
        address: { city: 'c4', geo: { lat: 0.9 } },
        tags: ['a', 'b'],
        lines: [{ sku: 's9', quantity: 1 }],
      },
    ]);
  });

  it.each(['mysql', 'mongodb'])('of %s are those that were asked for', async (type) => {
    const connection = type === 'mysql' ? mysql : mongodb;
    const where = [
      { column: 'email', is: 'like', value: 'e12__@example.org' },
      { column: 'country', is: '=', value: 'NL' },
    ];
    const { status, body, text } = await fetchInto(connection, {
      set: `some-${type}`,
      select: ['email'],
      where,
      order_by: ['email'],
      top: 7,
    });
    expect({ status, text: text.slice(0, 300) }).toMatchObject({ status: 201 });
    expect(body).toMatchObject({ row_count: 7 });
    const { rows } = (await client.get<SetBody>(`/sets/some-${type}`)).body;
    expect(rows.map((row) => Object.keys(row))).toEqual(Array.from({ length: 7 }, () => ['email']));
    expect(rows[0]).toEqual({ email: 'e1200@example.org' });
    const shown = await client.get<{ rows: Row[] }>(
      `/connections/${connection}/rows?table=item&column=country&orderBy=email&top=2`,
    );
    expect({ type, text: shown.text.slice(0, 300) }).toMatchObject({ type });
  });

  it.each(['mysql', 'mongodb'])('of %s are picked from', async (type) => {
    const where = [{ column: 'country', is: '=', value: 'NL' }];
    const values = await rowsOf({ connection: type, table: 'item', query: 'email', where });
    for (const { v } of values) expect(Number(/\d+/.exec(String(v))?.[0]) % 3).toBe(0);
    expect(new Set(values.map(({ v }) => v)).size).toBeGreaterThan(20);
  });

  it('are those of a query, which can do nothing but read', async () => {
    const sql = 'SELECT country, COUNT(*) AS n FROM item GROUP BY country -- by country';
    const counts = await rowsOf({ connection: 'mysql', sql, order_by: ['country'], order: 'sequential' }, 2);
    expect(counts).toEqual([{ v: { country: 'DE', n: 1667 } }, { v: { country: 'NL', n: 833 } }]);
    const first = { connection: 'mysql', sql: 'SELECT id FROM item # all', query: 'id', order_by: ['id'], top: 3 };
    expect(new Set((await rowsOf(first)).map(({ v }) => v)).size).toBe(3);
    for (const bad of [
      'DELETE FROM item',
      'SELECT 1) q; DELETE FROM item; -- ',
      "SELECT 1) q INTO OUTFILE '/tmp/datamaker-out' -- ",
      "SELECT 1) q INTO /*!50000 OUTFILE */ '/tmp/datamaker-out' -- ",
      'SELECT NEXTVAL(counter)',
      'SELECT * FROM nowhere',
      'SET GLOBAL max_connections = 5',
    ]) {
      const id = await client.create([{ name: 'v', type: 'db_response', options: { connection: 'mysql', sql: bad } }]);
      const { status, text } = await client.post(`/templates/${id}/generate`, { count: 2 });
      expect({ bad, status, text }).not.toMatchObject({ status: 200 });
    }
    expect(await mariadb.query('SELECT COUNT(*) AS n FROM item')).toMatchObject([{ n: ITEMS }]);
    expect(await mariadb.query('SELECT NEXTVAL(counter) AS n')).toMatchObject([{ n: 1 }]);
  });

  it('are of no query where a system has none', async () => {
    const options = { connection: 'mongodb', sql: 'SELECT 1' };
    const id = await client.create([{ name: 'v', type: 'db_response', options }]);
    const answer = await client.post(`/templates/${id}/generate`, { count: 2 });
    expect(expectError(answer, 422, 'validation_error')).toMatchObject([{ code: 'not_supported' }]);
  });

  it('have templates, with what is inside of documents', async () => {
    interface Made {
      template: { fields: { name: string; type: string; options?: Record<string, unknown> }[] };
      notices: object[];
    }
    const made = await client.get<Made>(`/connections/${mongodb}/metadata/template?table=item`);
    expect({ status: made.status, text: made.text.slice(0, 500) }).toMatchObject({ status: 200 });
    const fields = new Map(made.body.template.fields.map((field) => [field.name, field]));
    expect([...fields.keys()]).toEqual(['_id', 'n', 'country', 'email', 'address', 'tags', 'lines']);
    expect(fields.get('address')).toMatchObject({
      type: 'template',
      options: { fields: [{ name: 'city' }, { name: 'geo' }] },
    });
    expect(fields.get('lines')).toMatchObject({
      options: { array: true, fields: [{ name: 'sku' }, { name: 'quantity' }] },
    });
    const template = await client.post<{ id: string }>('/templates', { ...made.body.template, name: 'of items' });
    expect(template.status, template.text).toBe(201);
    const order = { template_id: template.body.id, table: 'item', count: 1000, seed: 's' };
    const { body: queued, text } = await client.post<{ run_id: string }>(`/connections/${mongodb}/push`, order);
    expect(text).toContain('run_');
    const { body: run } = await client.get<object>(`/runs/${queued.run_id}?wait=true`);
    expect(run).toMatchObject({ state: 'done', error: null, result: { written: 1000, failed: 0 } });
    expect(await ferret.db.collection('item').countDocuments()).toBe(ITEMS + 1000);
  });
});
