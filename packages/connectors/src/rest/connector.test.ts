import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConnectionError } from '../connection-error.ts';
import type { ConnectionInput } from '../connector.ts';
import { Dialer } from '../dial/dialer.ts';
import { OutboundPolicy } from '../dial/outbound-policy.ts';
import type { BatchOutcome, Session } from '../session.ts';
import type { Row, Rows } from '../value.ts';
import { restConnector } from './connector.ts';
import { type RestServer, startRestServer } from './testing/start-rest-server.ts';

const ORDERS = { schema: '', name: 'orders' };
const dialer = new Dialer(new OutboundPolicy(['127.0.0.0/8']));
const thrown = (work: Promise<unknown>): Promise<ConnectionError> =>
  work.then(
    () => expect.unreachable('nothing was thrown'),
    (error: unknown) => {
      expect(error).toBeInstanceOf(ConnectionError);
      return error as ConnectionError;
    },
  );

let server: RestServer;
const sessions: Session[] = [];
beforeEach(async () => {
  server = await startRestServer();
});
afterEach(async () => {
  await Promise.all(sessions.splice(0).map((session) => session.close()));
  await server.stop();
});

async function open(input: Partial<ConnectionInput> = {}, readOnly = false): Promise<Session> {
  const { config, secrets } = restConnector.parse({ url: server.url, ...input });
  const session = await restConnector.open(config, { dialer, secrets, readOnly });
  sessions.push(session);
  return session;
}
async function all(rows: AsyncIterable<Rows>): Promise<Row[]> {
  const found: Row[] = [];
  for await (const some of rows) found.push(...some);
  return found;
}

describe('a REST connection', () => {
  it('is verified by the first of HEAD, OPTIONS and GET that the system knows', async () => {
    const session = await open();
    expect((await session.verify()).notes[0]).toBe('it answers 200 to HEAD');
    server.intercept = ({ method }, reply) => (method === 'GET' ? undefined : reply.status(405).send());
    expect((await session.verify()).notes[0]).toBe('it answers 200 to GET');
    expect(server.log.map((line) => line.split(' ')[0])).toEqual(['HEAD', 'HEAD', 'OPTIONS', 'GET']);
    server.intercept = (_request, reply) => reply.status(401).send();
    expect((await thrown(session.verify())).problem).toBe('auth');
    server.intercept = (_request, reply) => reply.status(403).send();
    expect((await thrown(session.verify())).problem).toBe('permission');
  });

  it('puts one row into each request and tells what became of it', async () => {
    const session = await open();
    const batches: BatchOutcome[] = [];
    const rows = Array.from({ length: 25 }, (_, i) => ({ name: `n${i}`, quantity: i === 7 || i === 20 ? -1 : i }));
    const report = await session.insert(ORDERS, [rows.slice(0, 3), rows.slice(3)], {
      batchSize: 10,
      returning: ['id', 'nothing'],
      onBatch: (batch) => batches.push(batch),
    });
    expect(report).toMatchObject({ sent: 25, written: 23, skipped: 0, failed: 2 });
    expect(report.failures).toEqual(
      [7, 20].map((row) => ({ row, status: 422, message: `${server.url}/orders refused it (422)` })),
    );
    expect(batches.map(({ sent, written }) => [sent, written])).toEqual([
      [10, 9],
      [10, 10],
      [5, 4],
    ]);
    expect(
      batches.flatMap(({ returned }) => returned.map(({ id }) => id)).sort((a, b) => Number(a) - Number(b)),
    ).toEqual(Array.from({ length: 23 }, (_, i) => i + 1));
    expect(server.orders).toHaveLength(23);
  });

  it('puts many rows into a list, bare or under a key', async () => {
    for (const wrapperKey of [undefined, 'items']) {
      const session = await open({
        options: { mode: 'batch', ...(wrapperKey === undefined ? {} : { wrapperKey, createdPointer: '/items' }) },
      });
      const returned: Row[] = [];
      const rows = Array.from({ length: 250 }, (_, i) => ({ name: `n${i}` }));
      const report = await session.insert(ORDERS, [rows], {
        returning: ['id', 'name'],
        onBatch: (batch) => returned.push(...batch.returned),
      });
      expect(report).toMatchObject({ sent: 250, written: 250, failed: 0 });
      expect(returned.map(({ name }) => name)).toEqual(rows.map(({ name }) => name));
    }
    expect(server.log).toEqual(Array(6).fill('POST /orders 201'));
    expect(server.orders).toHaveLength(500);
  });

  it('keeps integers of 64 bits, in both directions', async () => {
    const session = await open();
    let body = '';
    server.intercept = ({ raw }) => {
      raw.on('data', (part) => {
        body += part;
      });
    };
    await session.insert(ORDERS, [[{ big: 9_223_372_036_854_775_807n, bytes: Uint8Array.of(1, 2), text: 'ä"\n' }]]);
    expect(body).toBe('{"big":9223372036854775807,"bytes":"AQI=","text":"ä\\"\\n"}');
    server.intercept = (_request, reply) =>
      reply.type('application/json').send('[{"a":9223372036854775807,"b":0.123456789012345678,"c":1.5,"d":7}]');
    expect(await all(session.read({ table: ORDERS }))).toEqual([
      { a: 9_223_372_036_854_775_807n, b: '0.123456789012345678', c: 1.5, d: 7 },
    ]);
  });

  it('refuses to change anything when it is for reading only', async () => {
    const session = await open({}, true);
    expect((await thrown(session.insert(ORDERS, [[{ a: 1 }]]))).problem).toBe('read_only');
    expect((await thrown(session.remove(ORDERS, [[{ id: 1 }]]))).problem).toBe('read_only');
    expect(server.log).toEqual([]);
  });

  it('removes rows by their keys, and counts those that were there', async () => {
    const session = await open();
    await session.insert(ORDERS, [[{ a: 1 }, { a: 2 }]]);
    expect(await session.remove(ORDERS, [[{ id: 1 }, { id: 77 }]])).toBe(1);
    for (const key of ['', '.', '..', null]) {
      expect((await thrown(session.remove(ORDERS, [[{ id: key }]]))).problem).toBe('invalid_config');
    }
  });
});

describe('paging', () => {
  const rows = Array.from({ length: 25 }, (_, i) => ({ id: i }));
  const serve = (page: (url: URL) => { body: unknown; link?: string }): void => {
    server.intercept = (request, reply) => {
      const { body, link } = page(new URL(request.url, server.url));
      return (link === undefined ? reply : reply.header('link', link)).send(body);
    };
  };
  const read = async (options: Record<string, unknown>, limit?: number): Promise<Row[]> =>
    all((await open({ options })).read({ table: ORDERS, limit }));
  const slice = (url: URL, name: string, size: number): [number, unknown[]] => {
    const start = Number(url.searchParams.get(name) ?? 0);
    return [start, rows.slice(start, start + size)];
  };

  it('follows links in the header, which is what is done when nothing is said', async () => {
    serve((url) => {
      const [start, body] = slice(url, 's', 10);
      const next =
        start + 10 < 25 ? { link: `</first>; rel=first, </orders?s=${start + 10}>; title="a, b"; rel="x next"` } : {};
      return { body, ...next };
    });
    expect(await read({})).toEqual(rows);
    expect(await read({}, 12)).toEqual(rows.slice(0, 12));
    expect(server.log).toHaveLength(5);
    expect(await read({ paging: { kind: 'none' } })).toHaveLength(10);
  });

  it('follows links in the answer', async () => {
    serve((url) => {
      const [start, data] = slice(url, 's', 7);
      return { body: { data, meta: { 'next/page': start + 7 < 25 ? `?s=${start + 7}` : null } } };
    });
    expect(await read({ rowsPointer: '/data', paging: { kind: 'next_link', pointer: '/meta/next~1page' } })).toEqual(
      rows,
    );
  });

  it('counts pages and rows, and hands marks on', async () => {
    serve((url) => ({
      body: rows.slice((Number(url.searchParams.get('p')) - 1) * 10).slice(0, Number(url.searchParams.get('n'))),
    }));
    expect(await read({ paging: { kind: 'page', parameter: 'p', size: 10, sizeParameter: 'n' } })).toEqual(rows);
    serve((url) => ({ body: { items: slice(url, 'offset', Number(url.searchParams.get('limit')))[1] } }));
    expect(await read({ paging: { kind: 'offset', size: 6 } })).toEqual(rows);
    serve((url) => {
      const [start, body] = slice(url, 'after', 8);
      return { body: { body, next: start + 8 < 25 ? start + 8 : '' } };
    });
    expect(
      await read({ rowsPointer: '/body', paging: { kind: 'cursor', parameter: 'after', pointer: '/next' } }),
    ).toEqual(rows);
  });

  it('stops at what leads to itself or to somebody else', async () => {
    serve(() => ({ body: rows, link: '</orders>; rel=next' }));
    expect((await thrown(read({}))).problem).toBe('protocol');
    serve(() => ({ body: rows, link: '<http://127.0.0.1:1/orders>; rel=next' }));
    expect((await thrown(read({}))).message).toContain('another host');
  });

  it('signs nothing for whoever a redirect leads to', async () => {
    const other = await startRestServer();
    const seen: unknown[] = [];
    other.intercept = ({ headers }, reply) => {
      seen.push(headers.authorization, headers['x-api-key']);
      return reply.header('link', '</orders?page=2>; rel=next').send([{ i: 1 }]);
    };
    server.intercept = (_request, reply) => reply.redirect(`${other.url}/orders`);
    const session = await open({ auth: { type: 'bearer', token: 't' }, options: { headers: { 'X-Api-Key': 'k' } } });
    expect((await thrown(all(session.read({ table: ORDERS })))).message).toContain('another host');
    expect(seen).toEqual([undefined, undefined]);
    await other.stop();
  });
});

describe('what is asked for', () => {
  it('goes into the query string, and nothing that HTTP cannot say', async () => {
    const session = await open({ url: `${server.url}/?fixed=1` });
    const where = [{ column: 'a b', is: '=' as const, value: 'x&y' }];
    await all(session.read({ table: ORDERS, filter: 'status=open&q=%C3%A4', where }));
    expect(server.log).toEqual(['GET /orders?fixed=1&status=open&q=%C3%A4&a+b=x%26y 200']);
    for (const query of [{ where: [{ column: 'a', is: '<' as const, value: 1 }] }, { orderBy: ['a'] }]) {
      expect((await thrown(all(session.read({ table: ORDERS, ...query })))).problem).toBe('invalid_config');
    }
    for (const name of ['../x', 'a/%2e%2e/b', 'a#b', 'a\\b', 'a\nb']) {
      expect((await thrown(all(session.read({ table: { schema: '', name } })))).problem).toBe('invalid_config');
    }
  });

  it.each([
    ['<html><body>Sign in</body></html>', 'the answer is a web page'],
    ['{"a":', 'the answer is not JSON'],
  ])('answers %j as %j', async (body, message) => {
    server.intercept = (_request, reply) => reply.type('text/html').send(body);
    expect((await thrown(all((await open()).read({ table: ORDERS })))).message).toBe(message);
  });

  it('is nothing where the pointer leads', async () => {
    expect((await thrown(all((await open({ options: { rowsPointer: '/x' } })).read({ table: ORDERS })))).problem).toBe(
      'protocol',
    );
  });
});

describe('a row that is sent', () => {
  it('is counted right, whatever breaks on the way', async () => {
    let count = 0;
    server.intercept = ({ method, raw }) => {
      if (method === 'POST' && ++count === 5) raw.socket.destroy();
    };
    const outcomes: BatchOutcome[] = [];
    const session = await open({ options: { concurrency: 1 } });
    const rows = Array.from({ length: 10 }, (_, i) => ({ i }));
    const error = await thrown(session.insert(ORDERS, [rows], { onBatch: (batch) => outcomes.push(batch) }));
    expect(error).toMatchObject({ problem: 'unknown_outcome', written: 4 });
    expect(outcomes).toMatchObject([{ sent: 5, written: 4, failures: [{ row: 4, status: null }] }]);
    // The one that is not known of was kept here.
    expect(server.orders).toHaveLength(5);
  });

  it('is sent again when the system asks to come again, and in doubt when it only says that it was busy', async () => {
    let count = 0;
    server.intercept = ({ method }, reply) => {
      if (method === 'POST' && ++count % 2 === 1) return reply.header('retry-after', '0').status(503).send();
    };
    const session = await open({ options: { concurrency: 1 } });
    expect(await session.insert(ORDERS, [[{ a: 1 }, { a: 2 }]])).toMatchObject({ written: 2, failed: 0 });
    expect(server.orders).toHaveLength(2);
    server.intercept = (_request, reply) => reply.status(503).send();
    const outcomes: BatchOutcome[] = [];
    await session.insert(ORDERS, [[{ a: 3 }]], { onBatch: (batch) => outcomes.push(batch) });
    expect(outcomes.flatMap(({ failures }) => failures)).toMatchObject([{ status: 503, isOpen: true }]);
  });

  it('is sent again with the same key where the system knows such keys', async () => {
    const keys: unknown[] = [];
    server.intercept = ({ method, headers, raw }, reply) => {
      if (method !== 'POST') return;
      keys.push(headers['x-once']);
      if (keys.length === 1) return void raw.socket.destroy();
      if (keys.length === 2) return reply.header('retry-after', '0').status(503).send();
    };
    const session = await open({ options: { concurrency: 1, idempotencyHeader: 'X-Once' } });
    expect(await session.insert(ORDERS, [[{ a: 1 }, { a: 2 }]])).toMatchObject({ written: 2, failed: 0 });
    expect(keys).toEqual([keys[0], keys[0], keys[0], expect.not.stringContaining(String(keys[0]))]);
  });

  it('is left out where it is there already, and the insert ends when all are refused for the same', async () => {
    const session = await open();
    server.intercept = (_request, reply) => reply.status(409).send();
    expect(await session.insert(ORDERS, [[{ a: 1 }]], { onConflict: 'skip' })).toMatchObject({
      written: 0,
      skipped: 1,
    });
    expect(await session.insert(ORDERS, [[{ a: 1 }]])).toMatchObject({ written: 0, failed: 1 });
    expect((await thrown(session.insert(ORDERS, [[{ a: 1 }]], { onConflict: 'update' }))).problem).toBe(
      'invalid_config',
    );
    for (const [status, problem] of [
      [401, 'auth'],
      [403, 'permission'],
      [404, 'not_found'],
    ] as const) {
      server.intercept = (_request, reply) => reply.status(status).send();
      server.log.length = 0;
      const many = Array.from({ length: 200 }, (_, a) => ({ a }));
      const error = await thrown(session.insert(ORDERS, [many], { batchSize: 20 }));
      expect(error).toMatchObject({ problem, written: 0 });
      expect(server.log.length).toBeLessThanOrEqual(20);
    }
  });

  it('ends with the signal', async () => {
    const stop = new AbortController();
    server.intercept = () => {
      if (server.orders.length === 30) stop.abort(new Error('enough'));
    };
    const rows = Array.from({ length: 1000 }, (_, a) => ({ a }));
    await expect((await open()).insert(ORDERS, [rows], { batchSize: 20, signal: stop.signal })).rejects.toThrow(
      'enough',
    );
    expect(server.orders.length).toBeLessThan(60);
  });
});

it('knows the paths that an OpenAPI document describes', async () => {
  server.intercept = ({ url }, reply) =>
    url === '/openapi.json'
      ? reply.send({
          openapi: '3.1.0',
          paths: {
            '/orders': {
              get: {
                responses: {
                  200: {
                    content: {
                      'application/json': { schema: { type: 'array', items: { $ref: '#/components/schemas/Order' } } },
                    },
                  },
                },
              },
              post: { summary: 'Take an order', requestBody: { $ref: '#/components/requestBodies/Order' } },
            },
            '/events': {
              get: {
                responses: {
                  '2XX': {
                    content: {
                      'application/json': {
                        schema: {
                          type: 'array',
                          items: { type: 'object', properties: { at: { type: 'string', format: 'date-time' } } },
                        },
                      },
                    },
                  },
                },
              },
            },
            '/orders/{id}': { put: { requestBody: { $ref: '#/components/requestBodies/Order' } } },
          },
          components: {
            requestBodies: {
              Order: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Order' } } } },
            },
            schemas: {
              Order: {
                type: 'object',
                required: ['name'],
                properties: {
                  name: { type: 'string', maxLength: 20 },
                  state: { enum: ['open', 'done'] },
                  quantity: { type: 'integer' },
                  tags: { type: 'array', items: { type: 'string' } },
                },
              },
            },
          },
        })
      : undefined;
  const session = await open({ options: { openapi: 'openapi.json' } });
  const { tables } = await session.introspect();
  expect(
    tables.map(({ name, comment, columns }) => [name, comment, columns.map((column) => [column.name, column.kind])]),
  ).toEqual([
    [
      'orders',
      'Take an order',
      [
        ['name', 'text'],
        ['state', 'text'],
        ['quantity', 'integer'],
        ['tags', 'text'],
      ],
    ],
    ['events', null, [['at', 'datetime_zoned']]],
    [
      'orders/{id}',
      null,
      [
        ['id', 'text'],
        ['name', 'text'],
        ['state', 'text'],
        ['quantity', 'integer'],
        ['tags', 'text'],
      ],
    ],
  ]);
  const [name, state, , tags] = tables[0]?.columns ?? [];
  expect(name).toMatchObject({ nullable: false, maxLength: 20 });
  expect(state).toMatchObject({ values: ['open', 'done'] });
  expect(tags).toMatchObject({ dimensions: 1 });
  expect(tables[2]?.operation).toEqual({
    method: 'PUT',
    path: '/orders/{id}',
    rows: 'body',
    parameters: ['id'],
    inBody: [],
  });
  expect((await session.describe(ORDERS)).columns).toHaveLength(4);
  expect((await session.describe({ schema: '', name: 'unknown' })).columns).toEqual([]);
  expect((await thrown((await open({ options: { openapi: '/orders' } })).introspect())).problem).toBe('protocol');
});

describe('what is said of a connection', () => {
  it('loses its secrets', () => {
    const { config, secrets } = restConnector.parse({
      url: 'https://user:p%40ss@api.example/v1/',
      options: { headers: { 'X-Api-Key': 'k3y', 'X-Tenant': 't' } },
    });
    expect(config).toMatchObject({
      url: 'https://api.example/v1',
      auth: { type: 'basic', username: 'user' },
      options: { headers: { 'x-tenant': 't' }, secretHeaders: ['x-api-key'], mode: 'row', retries: 4 },
    });
    expect(secrets).toEqual({ password: 'p@ss', 'header.x-api-key': 'k3y' });
    expect(JSON.stringify(config)).not.toMatch(/p@ss|k3y/);
    // What was kept is taken again as it is.
    expect(restConnector.parse({ ...config }).config).toEqual(config);
  });

  it.each<[Partial<ConnectionInput>, string]>([
    [{ url: 'ftp://x' }, 'https://host/path'],
    [{ url: 'https://x/?api_key=s3cret' }, 'api_key'],
    [{ options: { nothing: 1 } }, 'nothing'],
    [{ options: { headers: { Authorization: 's3cret' } } }, 'Authorization'],
    [{ options: { headers: { 'X-A': 'a\r\nb: s3cret' } } }, 'X-A'],
    [{ options: { rowsPointer: 'items' } }, 'rowsPointer'],
    [{ options: { paging: { kind: 'magic' } } }, 'paging'],
    [{ options: { path: '../admin' } }, 'path'],
    [{ options: { openapi: 'https://other.example/openapi.json' } }, 'openapi'],
    [{ options: { tls: { mode: 'none' } } }, 'tls'],
    [{ auth: { type: 'kerberos' } }, 'oauth2_client_credentials'],
    [{ auth: { type: 'bearer', token: 's3cret', more: 1 } }, 'more'],
    [{ auth: { type: 'oauth2_client_credentials', token_url: 'file:///s3cret', client_id: 'a' } }, 'token_url'],
    [{ auth: { type: 'destination' } }, 'auth.type'],
  ])('is refused for %j', (input, message) => {
    try {
      restConnector.parse({ url: 'https://api.example', ...input });
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ problem: 'invalid_config', message: expect.stringContaining(message) });
      expect(String(error)).not.toContain('s3cret');
    }
  });

  it('is not opened without the secret that belongs to it', async () => {
    expect((await thrown(open({ auth: { type: 'bearer' } }))).message).toBe('auth.token is missing: say it again');
  });
});
