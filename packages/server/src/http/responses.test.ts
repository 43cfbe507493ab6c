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
    const id = await client.create([
      db('country', { ...options, query: 'country' }),
      db('n', { ...options, query: 'n' }),
    ]);
    expect(await rowsOf(id, { count: 2 })).toEqual([
      { country: 'DE', n: 200 },
      { country: 'NL', n: 100 },
    ]);
    const writing = await client.create([db('v', { table: undefined, sql: 'DELETE FROM customer RETURNING id' })]);
    expect((await generate(writing)).status).toBeGreaterThanOrEqual(400);
    const [{ count } = { count: '' }] = (await target.query('SELECT count(*) FROM customer')) as { count: string }[];
    expect(Number(count)).toBe(CUSTOMERS);
  });

  it.each([
    [{ query: 'name' }, ['Germany', 'Netherlands']],
    [{ query: '$[*].code' }, ['DE', 'NL']],
    [{ endpoint: 'deep', query: '$.data.countries[*].cities[*].name' }, ['Delft', 'Gouda', 'Ulm']],
    [{ endpoint: 'deep', query: "$['data'].countries[0].name" }, ['Netherlands']],
    [{ endpoint: 'deep', query: '/data/countries/1/cities/0' }, [{ name: 'Ulm' }]],
    [{ endpoint: 'deep', query: '/meta/n' }, [2]],
    [{ connection: undefined, endpoint: 'countries', query: 'code' }, ['DE', 'NL']],
    [{ query: 'code', top: 1 }, ['NL']],
  ])('pick from the answer of a service: %j', async (options, values) => {
    const id = await client.create([api('v', options)]);
    expect(asked).toEqual([]);
    const rows = await rowsOf(id);
    expect([...new Set(rows.map(({ v }) => JSON.stringify(v)))].toSorted()).toEqual(
      values.map((v) => JSON.stringify(v)),
    );
    expect(asked).toHaveLength(1);
  });

  it('are asked for once in a generation and a preview, and not by a check or an estimate', async () => {
    const fields = [
      api('name', { query: 'name', filter: 'x=1&y=2' }),
      api('code', { query: 'code', filter: 'x=1&y=2' }),
    ];
    expect((await client.post<{ valid: boolean }>('/templates/validate', { name: 't', fields })).body.valid).toBe(true);
    const id = await client.create(fields);
    expect((await client.post(`/templates/${id}/estimate`, { count: 10 })).status).toBe(200);
    expect(asked).toEqual([]);
    const preview = await client.post<Row[]>(`/templates/${id}/preview`, { seed: 's' });
    expect(asked).toEqual(['GET /countries?x=1&y=2']);
    expect(await rowsOf(id, { count: 3 })).toEqual(preview.body);
    expect(asked).toHaveLength(2);
    const { body: audit } = await client.get<{ items: object[] }>('/audit?action=connection.fetched&limit=1');
    expect(audit.items).toMatchObject([{ subjectId: rest, details: { template: id, field: 'name', rows: 2 } }]);
    for (const { name, code } of preview.body) expect(code === 'NL' ? 'Netherlands' : 'Germany').toBe(name);
  });

  it('are fetched by a run when it is worked on, which tells what it fetched', async () => {
    const id = await client.create([db('name', { query: 'name' }), api('land', { query: 'name' })]);
    const rows = await rowsOf(id);
    const submitted = await client.post<{ run_id: string }>(`/templates/${id}/generate`, {
      count: 200,
      seed: 's',
      async: true,
    });
    expect(submitted.status).toBe(202);
    const { body: run } = await client.get<{ state: string; output: object }>(
      `/runs/${submitted.body.run_id}?wait=true`,
    );
    const sha256 = expect.stringMatching(/^[0-9a-f]{64}$/);
    expect(run).toMatchObject({
      state: 'done',
      output: {
        fetched: [
          { connection_id: database, field: 'name', rows: CUSTOMERS, sha256 },
          { connection_id: rest, field: 'land', rows: 2, sha256 },
        ],
      },
    });
    expect((await client.get(`/runs/${submitted.body.run_id}/output`)).body).toEqual(rows);
  });

  it('have a profile, and are wrong on purpose', async () => {
    const id = await client.create([
      db('name', { query: 'name' }),
      { name: 'n', type: 'number', options: { min: 1, max: 9 } },
    ]);
    const profile = await client.post<{ fields: { name: string; distinct: number }[] }>(`/templates/${id}/profile`, {
      count: 2000,
    });
    expect({ status: profile.status, text: profile.text.slice(0, 300) }).toMatchObject({ status: 200 });
    const wrong = await generate(id, { mode: 'negative', negative: { share: 0.5 } });
    expect({ status: wrong.status, text: wrong.text.slice(0, 300) }).toMatchObject({ status: 200 });
  });

  it('are kept as rows in a set, and are no longer asked for', async () => {
    const id = await client.create([api('land', { query: 'name' })]);
    const order = { name: 'lands', template_id: id, count: 20, seed: 's' };
    const saved = await client.post<{ stored_as: string }>('/sets', order);
    expect(saved).toMatchObject({ status: 201, body: { stored_as: 'rows' } });
    const before = asked.length;
    const set = await client.get<{ rows: Row[] }>('/sets/lands');
    expect(set.body.rows).toEqual((await rowsOf(id)).slice(0, 20));
    expect(asked).toHaveLength(before + 1);
  });

  it('go into a table at once, but not by a run that may have to make them again', async () => {
    await target.query('CREATE TABLE IF NOT EXISTS visit (land text)');
    const id = await client.create([api('land', { query: 'name' })]);
    const order = { table: 'visit', template_id: id, count: 5 };
    expect(await client.post(`/connections/${database}/rows`, order)).toMatchObject({
      status: 200,
      body: { written: 5 },
    });
    const push = await client.post<ErrorBody>(`/connections/${database}/push`, {
      template_id: id,
      table: 'visit',
      count: 5,
    });
    expect(expectError(push, 422, 'validation_error')).toMatchObject([
      { code: 'rows_may_change', pointer: '/fields/0' },
    ]);
  });

  it('that programs make go into a table at once', async () => {
    await target.query('CREATE TABLE IF NOT EXISTS made (land text)');
    const code = 'def value(rng, row, dm):\n    return rng.choice(["NL", "DE"])';
    const id = await client.create([{ name: 'land', type: 'python', options: { code } }]);
    const order = { table: 'made', template_id: id, count: 2500 };
    expect(await client.post(`/connections/${database}/rows`, order)).toMatchObject({
      status: 200,
      body: { written: 2500 },
    });
  });

  it('are refused where the connection is not one of the project', async () => {
    const other = await server.client.as(await addProject(server));
    const answer = await other.post<ErrorBody>('/templates', { name: 't', fields: [db('v', {})] });
    expect(expectError(answer, 422, 'validation_error')).toMatchObject([
      { code: 'connection_not_found', pointer: '/fields/0/options/connection' },
    ]);
    const named = await other.post<ErrorBody>('/templates', {
      name: 't',
      fields: [api('v', { connection: 'countries' })],
    });
    expect(expectError(named, 422, 'validation_error')).toMatchObject([{ code: 'connection_not_found' }]);
    expect(asked).toEqual([]);
  });

  it('know a connection by its id before another by its name, and none that is deleted', async () => {
    const { port } = service.address() as AddressInfo;
    const made = await client.post<{ id: string }>('/connections', {
      name: database,
      type: 'rest',
      url: `http://127.0.0.1:${port}/`,
    });
    expect(made.status).toBe(201);
    const id = await client.create([db('v', { query: 'name' })]);
    expect((await rowsOf(id, { count: 3 })).every(({ v }) => /^Customer \d+$/.test(String(v)))).toBe(true);
    expect((await client.delete(`/connections/${made.body.id}`)).status).toBe(204);
    expect((await refused(api('v', { connection: made.body.id }))).map(({ code }) => code)).toEqual([
      'connection_not_found',
    ]);
  });

  it.each([
    ['a database that is a service', () => db('v', { connection: 'countries' }), 'wrong_connection_type'],
    ['a service that is a database', () => api('v', { connection: 'warehouse' }), 'wrong_connection_type'],
    ['no connection', () => db('v', { connection: 'conn_none' }), 'connection_not_found'],
    ['a NUL', () => db('v', { connection: 'a\0b' }), 'invalid_character'],
    ['a path and no connection', () => api('v', { connection: undefined }), 'invalid_option'],
    ['a URL', () => api('v', { endpoint: 'http://169.254.169.254/' }), 'invalid_option'],
    ['a path that is none', () => api('v', { query: '$.a[?(@.b)]' }), 'invalid_option'],
    ['a table and a query', () => db('v', { sql: 'SELECT 1' }), 'invalid_option'],
    ['neither', () => db('v', { table: undefined }), 'invalid_option'],
    ['a condition that is none', () => db('v', { where: [{ column: 'id', is: 'in' }] }), 'invalid_option'],
    ['masking', () => db('v', { masking: 'redact' }), 'not_supported'],
    ['too many rows', () => db('v', { top: 1_000_000 }), 'invalid_option'],
    ['unique', () => db('v', { unique: true }), 'unique_not_possible'],
  ])('are refused when the template is saved: %s', async (_, field, code) => {
    expect((await refused(field())).map((detail) => detail.code)).toEqual([code]);
  });

  it.each([
    ['a table that is not there', () => db('v', { table: 'nowhere' }), 'table_missing'],
    ['a column that is not there', () => db('v', { query: 'nowhere' }), 'not_in_system'],
    ['a table without rows', () => db('v', { table: 'nothing' }), 'response_empty'],
    ['a member that is not there', () => api('v', { query: '$[*].nowhere' }), 'unknown_column'],
    ['records that are not there', () => api('v', { query: '/nowhere' }), 'response_empty'],
    ['more than fits', () => db('v', { table: 'wide', query: 'v' }), 'response_too_large'],
    [
      'too many different answers',
      () => ({
        name: 'v',
        type: 'object',
        options: { fields: Array.from({ length: 21 }, (_, i) => db(`f${i}`, { top: i + 1 })) },
      }),
      'too_many_resources',
    ],
  ])('say what is wrong with %s, and where', async (_, field, code) => {
    const created = await client.post<{ id: string } & ErrorBody>('/templates', { name: 't', fields: [field()] });
    const answer = created.status === 422 ? created : await generate(created.body.id);
    const [detail] = expectError(answer as never, 422, 'validation_error');
    expect(detail).toMatchObject({ code, pointer: expect.stringMatching(/^\/fields\/0/) });
  });

  it('have room for so many bytes together, not each', async () => {
    const wide = (name: string, top: number) => db(name, { table: 'wide', query: 'v', top });
    expect(await rowsOf(await client.create([wide('a', 20)]), { count: 1 })).toHaveLength(1);
    const both = await generate(await client.create([wide('a', 20), wide('b', 21)]), { count: 1 });
    expect(expectError(both, 422, 'validation_error')).toMatchObject([
      { code: 'response_too_large', pointer: '/fields/1' },
    ]);
  });

  it('name the field when the system cannot be reached', async () => {
    const { body } = await client.post<{ id: string }>('/connections', {
      name: 'down',
      type: 'rest',
      url: 'http://127.0.0.1:1/',
      options: { retries: 0 },
    });
    const id = await client.create([{ name: 'a', type: 'sequence' }, api('land', { connection: body.id })]);
    const details = expectError((await generate(id)) as never, 502, 'connection_failed');
    expect(details).toMatchObject([
      { code: 'refused', pointer: '/fields/1', message: expect.stringContaining('"land"') },
    ]);
    const failing = await client.create([api('land', { endpoint: 'fails' })]);
    expectError((await generate(failing)) as never, 502, 'connection_failed');
    const private_ = await client.post<{ id: string }>('/connections', {
      name: 'metadata',
      type: 'rest',
      url: 'http://169.254.169.254/',
    });
    const closed = await client.create([api('v', { connection: private_.body.id })]);
    const refusal = expectError((await generate(closed)) as never, 502, 'connection_failed');
    expect(refusal).toMatchObject([{ code: 'target_not_allowed' }]);
    const run = await client.post<{ run_id: string }>(`/templates/${id}/generate`, { count: 5, async: true });
    const ended = await client.get<object>(`/runs/${run.body.run_id}?wait=true`);
    expect(ended.body).toMatchObject({
      state: 'failed',
      error: { code: 'connection_failed', message: expect.stringContaining('"land"') },
    });
  });
});
