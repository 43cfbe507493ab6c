import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../../../connectors/src/testing/start-postgres.ts';
import { addProject } from '../testing/add-project.ts';
import { type Client, type ErrorBody, expectError } from '../testing/client.ts';
import { startOn, type TestServer } from '../testing/servers.ts';

type Row = Readonly<Record<string, unknown>>;

const CUSTOMERS = 300;

describe('fields that pick from what a system answers', () => {
  let server: TestServer;
  let client: Client;
  let target: PostgresServer;
  let service: Server;
  let database: string;
  let rest: string;
  let asked: string[] = [];
  beforeAll(async () => {
    [server, target] = await Promise.all([startOn('external', { privateTargets: ['127.0.0.1'] }), startPostgres()]);
    client = server.client;
    await target.query(`
      CREATE TABLE customer (id bigint PRIMARY KEY, country text, name text, secret text);
      INSERT INTO customer SELECT i, CASE i % 3 WHEN 0 THEN 'NL' ELSE 'DE' END, 'Customer ' || i, 'hidden' FROM generate_series(${CUSTOMERS}, 1, -1) i;
      CREATE TABLE nothing (id int);
      CREATE TABLE wide (id int PRIMARY KEY, v text);
      INSERT INTO wide SELECT i, repeat('x', 1000000) FROM generate_series(1, 40) i`);
    service = createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://x');
      asked.push(`${request.method} ${url.pathname}${url.search}`);
      response.setHeader('content-type', 'application/json');
      const countries = [
        { name: 'Netherlands', code: 'NL', cities: [{ name: 'Delft' }, { name: 'Gouda' }] },
        { name: 'Germany', code: 'DE', cities: [{ name: 'Ulm' }] },
      ];
      if (url.pathname === '/countries') response.end(JSON.stringify(countries));
      else if (url.pathname === '/deep') response.end(JSON.stringify({ meta: { n: 2 }, data: { countries } }));
      else response.writeHead(500).end('{}');
    });
    service.listen(0, '127.0.0.1');
    await once(service, 'listening');
    const create = async (name: string, type: string, url: string, more: object = {}): Promise<string> =>
      (await client.post<{ id: string }>('/connections', { name, type, url, ...more })).body.id;
    const place = `127.0.0.1:${target.port}/postgres`;
    database = await create('warehouse', 'postgres', `postgres://test:${encodeURIComponent(target.password)}@${place}`);
    const { port } = service.address() as AddressInfo;
    rest = await create('countries', 'rest', `http://127.0.0.1:${port}/`, { options: { path: 'countries' } });
  });
  beforeEach(() => {
    asked = [];
  });
  afterAll(async () => {
    service?.close();
    await Promise.all([server?.close(), target?.stop()]);
  });

  const db = (name: string, options: object) => ({
    name,
    type: 'db_response',
    options: { connection: database, table: 'customer', ...options },
  });
  const api = (name: string, options: object) => ({
    name,
    type: 'api_response',
    options: { connection: rest, endpoint: '/countries', ...options },
  });
  const generate = (id: string, body: object = {}) =>
    client.post<Row[]>(`/templates/${id}/generate`, { count: 200, seed: 's', ...body });
  const rowsOf = async (id: string, body: object = {}): Promise<Row[]> => {
    const answer = await generate(id, body);
    expect({ status: answer.status, text: answer.text.slice(0, 500) }).toMatchObject({ status: 200 });
    return answer.body;
  };
  const refused = async (...fields: object[]) =>
    expectError(await client.post<ErrorBody>('/templates', { name: 't', fields }), 422, 'validation_error');

  it('take values of one record of a table in a row, the same for the same rows', async () => {
    const id = await client.create([
      db('id', { query: 'id' }),
      db('name', { column: 'name' }),
      { name: 'n', type: 'number', options: { min: 1, max: 9 } },
    ]);
    const rows = await rowsOf(id);
    for (const row of rows) expect(row['name']).toBe(`Customer ${row['id']}`);
    expect(new Set(rows.map((row) => row['id'])).size).toBeGreaterThan(50);
    expect((await generate(id)).text).toBe((await generate(id)).text);
    expect(await rowsOf(id, { seed: 'other' })).not.toEqual(rows);
    // A place in the table is no place in the order of its key.
    await target.query(`UPDATE customer SET secret = 'moved' WHERE id % 2 = 0`);
    expect(await rowsOf(id)).toEqual(rows);
  });

  it('are the same in every range', async () => {
    const id = await client.create([db('name', { query: 'name' }), api('land', { query: 'name' })]);
    const rows = await rowsOf(id);
    const parts = [
      ...(await rowsOf(id, { count: undefined, from: 0, to: 77 })),
      ...(await rowsOf(id, { count: undefined, from: 77, to: 200 })),
    ];
    expect(parts).toEqual(rows);
  });

  it('pick from the rows that are asked for, in order when that is wanted', async () => {
    const where = [{ column: 'country', is: '=', value: 'NL' }];
    const options = { connection: 'warehouse', query: 'id', where, order_by: ['id'], top: 4, order: 'sequential' };
    const id = await client.create([db('id', options)]);
    expect((await rowsOf(id, { count: 6 })).map((row) => Number(row['id']))).toEqual([3, 6, 9, 12, 3, 6]);
  });

  it('pick from a query that reads', async () => {
    const sql = `SELECT country, count(*)::int AS n FROM customer GROUP BY country -- by country`;
    const options = { table: undefined, sql, order_by: ['country'], order: 'sequential' };
    const id = await client.create([db('country', { ...options, query: 'country' }), db('n', { ...options, query: 'n' })]);
    expect(await rowsOf(id, { count: 2 })).toEqual([
      { country: 'DE', n: 200 },
      { country: 'NL', n: 100 },
    ]);
    const writing = await client.create([db('v', { table: undefined, sql: 'DELETE FROM customer RETURNING id' })]);
    expect((await generate(writing)).status).toBeGreaterThanOrEqual(400);
    const [{ count } = { count: '' }] = (await target.query('SELECT count(*) FROM customer')) as { count: string }[];
    expect(Number(count)).toBe(CUSTOMERS);
  });
});
