import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../../../connectors/src/testing/start-postgres.ts';
import { type Client, expectError } from '../testing/client.ts';
import { startOn, type TestServer } from '../testing/servers.ts';

interface SetBody {
  readonly version: number;
  readonly row_count: number;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/** Rows of a service, in pages of 20. */
const PAGE = 20;

describe('rows that are fetched', () => {
  let server: TestServer;
  let client: Client;
  let target: PostgresServer;
  let service: Server;
  let database: string;
  let rest: string;
  beforeAll(async () => {
    [server, target] = await Promise.all([startOn('external', { privateTargets: ['127.0.0.1'] }), startPostgres()]);
    client = server.client;
    await target.query(`
      CREATE TABLE item (id bigint PRIMARY KEY, amount numeric(30,10), email text, bytes bytea);
      INSERT INTO item SELECT i + 9007199254740992, i / 7.0, 'e' || i || '@example.org', '\\xdeadbeef' FROM generate_series(1, 25000) i`);
    service = createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://x');
      const page = Number(url.searchParams.get('page') ?? 1);
      const rows = Array.from({ length: PAGE }, (_, i) => ({
        id: (page - 1) * PAGE + i,
        land: url.searchParams.get('land'),
      }));
      if (page < 5)
        response.setHeader(
          'link',
          `<${url.pathname}?land=${url.searchParams.get('land')}&page=${page + 1}>; rel="next"`,
        );
      response.setHeader('content-type', 'application/json').end(JSON.stringify(rows));
    });
    service.listen(0, '127.0.0.1');
    await once(service, 'listening');
    const create = async (name: string, type: string, url: string, more: object = {}): Promise<string> =>
      (await client.post<{ id: string }>('/connections', { name, type, url, ...more })).body.id;
    const place = `127.0.0.1:${target.port}/postgres`;
    database = await create('database', 'postgres', `postgres://test:${encodeURIComponent(target.password)}@${place}`);
    const { port } = service.address() as AddressInfo;
    rest = await create('service', 'rest', `http://127.0.0.1:${port}/`, { options: { path: 'items' } });
  });
  afterAll(async () => {
    service?.close();
    await Promise.all([server?.close(), target?.stop()]);
  });
  const fetchInto = (connection: string, body: object) =>
    client.post<SetBody>(`/connections/${connection}/fetch`, body);

  it('are a set, with all their digits and bytes', async () => {
    const { status, body } = await fetchInto(database, { table: 'item', set: 'items', top: 20_000, order_by: ['id'] });
    expect({ status, body }).toMatchObject({
      status: 201,
      body: { name: 'items', version: 1, row_count: 20_000, stored_as: 'rows' },
    });
    const set = await client.get<SetBody>('/sets/items?offset=19999');
    expect(set.body.rows).toEqual([
      { id: '9007199254760992', amount: '2857.1428571429', email: 'e20000@example.org', bytes: '3q2+7w==' },
    ]);
  });

  it('are those that were asked for, and a version more', async () => {
    const where = [{ column: 'email', is: 'like', value: 'e12__@example.org' }];
    const { body } = await fetchInto(database, {
      table: 'item',
      set: 'items',
      select: ['email'],
      where,
      order_by: ['email'],
    });
    expect(body).toMatchObject({ version: 2, row_count: 100 });
    expect((await client.get<SetBody>('/sets/items?limit=1')).body.rows).toEqual([{ email: 'e1200@example.org' }]);
  });

  it('come page by page from a service, by its own filter', async () => {
    const { status, body } = await fetchInto(rest, { set: 'lands', filter: 'land=NL', top: 50 });
    expect({ status, body }).toMatchObject({ status: 201, body: { row_count: 50 } });
    expect((await client.get<SetBody>('/sets/lands?offset=49')).body.rows).toEqual([{ id: 49, land: 'NL' }]);
  });

  it.each([
    [{ table: 'nowhere', set: 'x' }, 'table_missing'],
    [{ set: 'x' }, 'table_needed'],
    [{ table: 'item', entity: 'item', set: 'x' }, 'invalid_value'],
    [{ table: 'item', set: 'x', select: ['nothing'] }, 'not_in_system'],
    [{ table: 'item', set: 'x', filter: 'a=b' }, 'invalid_value'],
    [{ table: 'item', set: 'x', where: [{ column: 'id', is: '=' }] }, 'invalid_value'],
    [{ table: 'item', set: '../x' }, 'invalid_name'],
  ])('%j is refused: %s', async (body, code) => {
    expect(expectError(await fetchInto(database, body), 422, 'validation_error')).toMatchObject([{ code }]);
    expectError(await client.get('/sets/x'), 404, 'not_found');
  });
});
