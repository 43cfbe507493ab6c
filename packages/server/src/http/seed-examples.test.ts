import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pythonWith } from '../../../../test/python/virtual-environment.ts';
import {
  startValidatingServer,
  type ValidatingServer,
} from '../../../connectors/src/rest/testing/start-validating-server.ts';
import { type PostgresServer, startPostgres } from '../../../connectors/src/testing/start-postgres.ts';
import { DataMaker } from '../../../sdk/src/index.ts';
import { type Client, type ErrorBody, expectError, type ListBody, type TemplateBody } from '../testing/client.ts';
import { STORES, startOn, type TestServer } from '../testing/servers.ts';
import { setPlan } from '../testing/set-plan.ts';
import { until } from '../testing/until.ts';

type Rows = readonly Record<string, unknown>[];

const FIELDS = [
  { name: 'id', type: 'uuid' },
  { name: 'country', type: 'country' },
  { name: 'email', type: 'email' },
];
/** The body of the page's example, with one of its formats. */
const bodyIn = (format: string) => ({ count: 100, format, seed: 'optional-string', overrides: { country: 'DE' } });

interface ConnectionBody {
  readonly id: string;
  readonly verification: { readonly status: string; readonly server: { readonly product: string } | null };
}

/** What the examples reach beside the server. */
interface Systems {
  readonly postgres: PostgresServer;
  /** A REST system with an OpenAPI document. */
  readonly clinic: ValidatingServer;
}

/** What an example does, on a server of its own with a template in it. */
type Example = (client: Client, id: string, server: TestServer, systems: Systems) => Promise<void>;

const SDK = fileURLToPath(new URL('../../../../python/sdk', import.meta.url));
/** As long as the libraries of the SDK take to come from PyPI, once. */
const INSTALL_MS = 600_000;
const run = promisify(execFile);

const urlOf = ({ password, port }: PostgresServer): string =>
  `postgres://test:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`;

const generates =
  (format: string, mediaType: string): Example =>
  async (client, id) => {
    const answer = await client.post<Rows>(`/templates/${id}/generate`, bodyIn(format));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain(mediaType);
    if (format === 'json') {
      expect(answer.body).toHaveLength(100);
      expect(new Set(answer.body.map(({ country }) => country))).toEqual(new Set(['DE']));
    }
  };

/** Has a package put a hundred rows of one country into a table, through a connection. */
async function fillsCountries(client: Client, postgres: PostgresServer, fill: () => Promise<void>): Promise<void> {
  await postgres.query('DROP TABLE IF EXISTS countries; CREATE TABLE countries (id uuid, country text, email text)');
  const { body } = await client.post<ConnectionBody>('/connections', {
    name: 'conn_countries',
    type: 'postgres',
    url: urlOf(postgres),
  });
  await fill();
  const [made] = await postgres.query(
    'SELECT count(DISTINCT id)::int AS rows, min(country) AS first, max(country) AS last FROM countries',
  );
  expect(made).toEqual({ rows: 100, first: 'DE', last: 'DE' });
  expect((await client.delete(`/connections/${body.id}`)).status).toBe(204);
}

/** The page of the REST API, example by example as it is printed: what it does here. */
const EXAMPLES: Readonly<Record<string, Example>> = {
  'Authorization: Bearer <DM_API_KEY>': async (client, _id, { key }) => {
    const answer = await client.as(undefined).get('/templates', { authorization: `Bearer ${key}` });
    expect(answer.status).toBe(200);
    expectError(await client.as(undefined).get('/templates'), 401, 'unauthorized');
  },
  '4xx with { "error": { "code", "message", "details" } }': async (client) => {
    const { status, body } = await client.get<ErrorBody>('/templates/tmpl_none');
    expect(status).toBe(404);
    const { code, message, details } = body.error;
    expect({ code, message, details }).toEqual({
      code: 'not_found',
      message: expect.any(String),
      details: expect.any(Object),
    });
  },
  '{ "items", "next_cursor", "total" }, ?cursor=': async (client) => {
    const ids = [];
    for (let i = 0; i < 3; i++) ids.push(await client.create(FIELDS, `page ${i}`));
    const first = (await client.get<ListBody<TemplateBody>>('/templates?limit=2')).body;
    expect(Object.keys(first)).toEqual(['items', 'next_cursor', 'total']);
    const second = (await client.get<ListBody<TemplateBody>>(`/templates?limit=2&cursor=${first.next_cursor}`)).body;
    expect([...first.items, ...second.items].slice(0, 3).map(({ id }) => id)).toEqual(ids.toReversed());
    expect(second.total).toBe(first.total);
  },
  'GET /templates': async (client, id) => {
    const { items } = (await client.get<ListBody<TemplateBody>>('/templates?limit=100')).body;
    expect(items.map((item) => item.id)).toContain(id);
  },
  'POST /templates': async (client) => {
    const { status, body } = await client.post('/templates', { name: 'Customer', fields: FIELDS });
    expect({ status, body }).toMatchObject({ status: 201, body: { name: 'Customer', version: 1 } });
  },
  'GET /templates/{id}': async (client, id) => {
    expect((await client.get(`/templates/${id}`)).body).toMatchObject({ id, version: 1 });
  },
  'PATCH /templates/{id} creates a new version; its versions; {id}@v{n}': async (client, id) => {
    expect((await client.patch(`/templates/${id}`, { name: 'Renamed' })).body).toMatchObject({
      name: 'Renamed',
      version: 2,
    });
    const { items } = (await client.get<ListBody<{ version: number }>>(`/templates/${id}/versions`)).body;
    expect(items.map(({ version }) => version)).toEqual([2, 1]);
    expect((await client.get(`/templates/${id}@v1`)).body).toMatchObject({ name: 'template', version: 1 });
  },
  'DELETE /templates/{id} is a soft delete': async (client, id) => {
    expect((await client.delete(`/templates/${id}`)).status).toBe(204);
    expectError(await client.get(`/templates/${id}`), 404, 'not_found');
    expect((await client.post(`/templates/${id}/restore`, {})).status).toBe(200);
  },
  'POST /templates/{id}/preview: 3 rows, no quota debit': async (client, id, server) => {
    const store = await server.openDatabase();
    try {
      await setPlan(store, 'free');
      const answer = await client.post<Rows>(`/templates/${id}/preview`, {});
      expect(answer.body).toHaveLength(3);
      expect(await store.selectFrom('row_bucket').selectAll().execute()).toEqual([]);
    } finally {
      await setPlan(store, 'self-hosted');
      await store.destroy();
    }
  },
  '"format": "json"': generates('json', 'application/json'),
  '"format": "csv"': generates('csv', 'text/csv'),
  '"format": "sql"': generates('sql', 'application/sql'),
  '"format": "xlsx"': generates('xlsx', 'spreadsheetml'),
  'Accept: text/csv': async (client, id) => {
    const { format: _format, ...body } = bodyIn('csv');
    const answer = await client.post(`/templates/${id}/generate`, body, { accept: 'text/csv' });
    expect(answer.headers.get('content-type')).toContain('text/csv');
    expect(answer.text.split('\n')[0]).toBe('id,country,email');
    const again = await client.post(`/templates/${id}/generate`, bodyIn('csv'));
    expect(again.text).toBe(answer.text);
  },
  'GET /sets, POST /sets {name, rows}, re-using a name versions': async (client) => {
    const save = (rows: object[]) => client.post<{ version: number }>('/sets', { name: 'reg_bp_de', rows });
    expect((await save([{ id: 1 }])).body.version).toBe(1);
    expect((await save([{ id: 2 }])).body.version).toBe(2);
    const { items } = (await client.get<ListBody<{ name: string }>>('/sets')).body;
    expect(items.map(({ name }) => name)).toEqual(['reg_bp_de']);
  },
  'GET /sets/{name}, DELETE /sets/{name}': async (client) => {
    await client.post('/sets', { name: 'loaded', rows: [{ id: 1 }] });
    expect((await client.get('/sets/loaded')).body).toMatchObject({ name: 'loaded', version: 1, rows: [{ id: 1 }] });
    expect((await client.delete('/sets/loaded')).status).toBe(204);
    expectError(await client.get('/sets/loaded'), 404, 'not_found');
  },
  'GET, POST /workspace/files; GET, DELETE /workspace/files/{name}': async (client) => {
    expect((await client.upload('lookups/postcodes.json', '["50667"]')).status).toBe(201);
    const { items } = (await client.get<ListBody<{ name: string }>>('/workspace/files')).body;
    expect(items.map(({ name }) => name)).toEqual(['lookups/postcodes.json']);
    expect((await client.get('/workspace/files/lookups/postcodes.json')).text).toBe('["50667"]');
    expect((await client.delete('/workspace/files/lookups/postcodes.json')).status).toBe(204);
    expectError(await client.get('/workspace/files/lookups/postcodes.json'), 404, 'not_found');
  },
  'X-RateLimit-Remaining, X-RateLimit-Reset, Retry-After on 429; Free: 60 requests a minute': async (
    client,
    _id,
    server,
  ) => {
    const store = await server.openDatabase();
    try {
      await setPlan(store, 'free');
      const first = await client.get('/templates');
      expect(Number(first.headers.get('x-ratelimit-remaining'))).toBe(59);
      expect(Number(first.headers.get('x-ratelimit-reset'))).toBeGreaterThan(1_700_000_000);
      let answer = first;
      for (let i = 0; i < 200 && answer.status === 200; i++) answer = await client.get('/templates');
      expectError(answer, 429, 'rate_limited');
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    } finally {
      await setPlan(store, 'self-hosted');
      await store.destroy();
    }
  },
  'Free: 10,000 rows an hour': async (client, id, server) => {
    const store = await server.openDatabase();
    try {
      await setPlan(store, 'free');
      expectError(await client.post(`/templates/${id}/generate`, { count: 10_001 }), 422, 'validation_error');
    } finally {
      await setPlan(store, 'self-hosted');
      await store.destroy();
    }
  },
  'GET, POST /connections; POST /connections/{id}/verify; GET /connections/{id}/metadata': async (
    client,
    _id,
    _server,
    { postgres, clinic },
  ) => {
    await postgres.query('CREATE TABLE IF NOT EXISTS customers (id uuid PRIMARY KEY, name text NOT NULL)');
    const bodies = [
      { name: 'conn_shop', type: 'postgres', url: urlOf(postgres) },
      {
        name: 'conn_clinic',
        type: 'rest',
        url: clinic.url,
        options: { openapi: 'openapi.json', verifyPath: 'openapi.json' },
      },
    ];
    const ids: string[] = [];
    for (const body of bodies) {
      const made = await client.post<ConnectionBody>('/connections', body);
      expect({ status: made.status, body: made.body }).toMatchObject({
        status: 201,
        body: { name: body.name, type: body.type, verification: { status: 'verified' } },
      });
      expect(made.text).not.toContain(postgres.password);
      ids.push(made.body.id);
    }
    const { items } = (await client.get<ListBody<{ id: string }>>('/connections')).body;
    expect(items.map(({ id }) => id)).toEqual(ids.toReversed());
    for (const id of ids) {
      const again = await client.post<ConnectionBody>(`/connections/${id}/verify`, {});
      expect({ status: again.status, body: again.body }).toMatchObject({
        status: 200,
        body: { id, verification: { status: 'verified' } },
      });
    }
    const [shop, document] = ids;
    const { tables } = (await client.get<{ tables: { name: string }[] }>(`/connections/${shop}/metadata`)).body;
    const customers = { name: 'customers', columns: [{ name: 'id' }, { name: 'name' }] };
    expect(tables.find(({ name }) => name === 'customers')).toMatchObject(customers);
    const parsed = (await client.get<{ tables: { operation?: object }[] }>(`/connections/${document}/metadata`)).body;
    expect(parsed.tables.map(({ operation }) => operation)).toContainEqual(expect.objectContaining({ method: 'POST' }));
  },
  'POST /scenarios/$SCN/run with "size": "500" and "wait": "false", and the rest of its table': async (client) => {
    const made = await client.post<{ id: string }>('/scenarios', { name: 'Regression', code: 'print("never")' });
    expect(made.status).toBe(201);
    const path = `/scenarios/${made.body.id}`;
    const code = 'import json, os\nprint(json.loads(os.environ["DM_PARAMS"])["size"])';
    expect((await client.send('PUT', path, { code })).status).toBe(200);
    const order = { params: { environment: 'regression', size: '500' }, wait: 'false' };
    const asked = await client.post<{ run_id: string }>(`${path}/run`, order);
    expect(asked.status).toBe(202);
    const id = asked.body.run_id;
    // It is looked at until it has ended.
    await until(async () => (await client.get<{ state: string }>(`/runs/${id}`)).body.state === 'done');
    expect((await client.get<{ state: string }>(`${path}/runs/${id}`)).body).toMatchObject({ state: 'done' });
    expect((await client.get(`${path}/runs/${id}/logs`)).text).toBe('500\n');
    expect((await client.get(`${path}/runs/${id}/logs?follow=true`)).text).toContain('data: 500');
    const { items } = (await client.get<ListBody<{ run_id: string }>>(`${path}/runs`)).body;
    expect(items.map(({ run_id }) => run_id)).toEqual([id]);
    expect((await client.get<ListBody<{ id: string }>>('/scenarios')).body.items).toHaveLength(1);
    const blocking = await client.post<{ state: string }>(`${path}/run`, { ...order, wait: 'true' });
    expect([blocking.status, blocking.body.state]).toEqual([200, 'done']);
    const slow = await client.post<{ id: string }>('/scenarios', {
      name: 'Slow',
      code: 'import time\ntime.sleep(600)',
    });
    const last = `/scenarios/${slow.body.id}`;
    const { run_id } = (await client.post<{ run_id: string }>(`${last}/run`, order)).body;
    const cancelled = await client.send<{ state: string }>('DELETE', `${last}/runs/${run_id}`);
    expect([cancelled.status, cancelled.body.state]).toEqual([200, 'cancelled']);
  },
  'pip install datamaker: wraps this REST API': async (client, id, { key }, { postgres }) => {
    const code = [
      'from datamaker import DataMaker',
      'dm = DataMaker()',
      `rows = dm.generate(template_id="${id}", count=100, overrides={"country": "DE"})`,
      'dm.connection("conn_countries").insert(table="countries", rows=rows)',
      'print(len(rows))',
    ].join('\n');
    const python = await pythonWith(new URL('../../../../python/sdk/requirements.txt', import.meta.url));
    const env = {
      ...process.env,
      PYTHONPATH: `${SDK}/src`,
      PYTHONDONTWRITEBYTECODE: '1',
      DM_URL: client.url,
      DM_API_KEY: key,
    };
    await fillsCountries(client, postgres, async () => {
      expect(await run(python, ['-c', code], { env })).toEqual({ stdout: '100\n', stderr: '' });
    });
  },
  'npm install datamaker: wraps this REST API': async (client, id, { key }, { postgres }) => {
    const dm = new DataMaker({ url: client.url, apiKey: key });
    await fillsCountries(client, postgres, async () => {
      const rows = await dm.generate(id, { count: 100, overrides: { country: 'DE' } });
      await dm.connection('conn_countries').insert('countries', rows);
    });
  },
};

let systems: Systems;
beforeAll(async () => {
  const [postgres, clinic] = await Promise.all([startPostgres(), startValidatingServer()]);
  systems = { postgres, clinic };
});
afterAll(() => Promise.all([systems?.postgres.stop(), systems?.clinic.stop()]));

describe.each(STORES)('the page of the REST API, with the %s store', (kind) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startOn(kind, { privateTargets: ['127.0.0.0/8'] });
  }, 30_000);
  afterAll(() => server?.close());

  for (const [text, example] of Object.entries(EXAMPLES)) {
    it(text, { timeout: text.startsWith('pip ') ? INSTALL_MS : 60_000 }, async () => {
      await example(server.client, await server.client.create(FIELDS), server, systems);
    });
  }
});
