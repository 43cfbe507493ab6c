import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, type ErrorBody, expectError, type ListBody } from '../testing/client.ts';
import { listedRoutes } from '../testing/matrix/expectations.ts';
import { startOn, type TestServer } from '../testing/servers.ts';

const MIB = 1024 * 1024;
const NAMES = [
  '../x',
  'a/../../x',
  '/etc/passwd',
  '..',
  'a\\b',
  'a\0b',
  'a\nb',
  '‮gpj.exe',
  'x'.repeat(400),
  '..%2fx\\',
  '．．／x',
  ' x',
  '',
];

/** The tenant matrix holds this list equal to the table of routes; the doors of DataGen and of JSON-RPC have tests of their own. */
const ROUTES = listedRoutes()
  .filter((route) => !/ \/(api\/v1|docs|mcp|metrics|openapi)/.test(route))
  .map((route) => route.split(' ') as [method: string, path: string]);
const withBody = ROUTES.filter(([method]) => method === 'POST' || method === 'PATCH' || method === 'PUT');

describe('bad input, on every route that takes such a thing', () => {
  let server: TestServer;
  let client: Client;
  let template: string;
  beforeAll(async () => {
    server = await startOn('external');
    client = server.client;
    template = await client.create([{ name: 'id', type: 'sequence' }]);
    await client.create([{ name: 'id', type: 'sequence' }]);
    for (const name of ['one', 'two']) {
      expect((await client.post('/sets', { name, rows: [{ id: 1 }] })).status).toBe(201);
      expect((await client.upload(name, 'a\n')).status).toBe(201);
    }
  });
  afterAll(() => server?.close());

  const pathOf = (path: string): string =>
    path.replace(':ref', template).replace(':name', 'one').replace(/:\w+/, 'x').replace('*', 'one');
  /** What all answers have in common that refuse: the one shape of errors, and a client's fault. */
  const isRefusal = ({ status, body }: { status: number; body: unknown }): boolean =>
    status >= 400 && status < 500 && typeof (body as ErrorBody | null)?.error?.code === 'string';

  it.each(withBody)('%s %s refuses 100 MB before they are sent', async (method, path) => {
    const asked = request(server.client.url + pathOf(path), {
      method,
      headers: {
        authorization: `Bearer ${server.key}`,
        'content-type': path === '/workspace/files' ? 'multipart/form-data; boundary=x' : 'application/json',
        'content-length': 100 * MIB,
      },
      agent: false,
    });
    asked.on('error', () => undefined).write('{');
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    expect(answer.statusCode).toBe(413);
    const parts: Buffer[] = [];
    for await (const part of answer) parts.push(part as Buffer);
    expect(JSON.parse(Buffer.concat(parts).toString()).error.code).toBe('payload_too_large');
    asked.destroy();
  });

  it.each(withBody)('%s %s refuses bodies of other types', async (method, path) => {
    for (const type of [
      'text/plain',
      'application/xml',
      'application/x-www-form-urlencoded',
      'application/jsonp',
      'image/png',
    ]) {
      expectError(
        await client.send(method, pathOf(path), 'a=b', { 'content-type': type }),
        415,
        'unsupported_media_type',
      );
    }
  });

  it.each(withBody.filter(([, path]) => path !== '/workspace/files'))(
    '%s %s refuses what is no object, and keys that are no keys of its own',
    async (method, path) => {
      const bodies = [
        '[]',
        '"x"',
        '1',
        '{"__proto__":{"role":"owner"}}',
        '{"constructor":{"prototype":{}}}',
        '{"n\\u0430me":"x"}',
        '{',
      ];
      const wrong: string[] = [];
      for (const body of bodies) {
        const answer = await client.send(method, pathOf(path), body);
        if (!isRefusal(answer)) wrong.push(`${body}: ${answer.status} ${answer.text.slice(0, 80)}`);
      }
      expect(wrong).toEqual([]);
      expect(({} as { role?: string }).role).toBeUndefined();
    },
  );

  it('cursors of another list are refused by each list', async () => {
    const document = (
      await client.get<{
        paths: Record<string, { get?: { parameters?: { name?: string }[] } }>;
      }>('/openapi.json')
    ).body;
    const lists = Object.entries(document.paths)
      .filter(([path, { get }]) => !path.includes('{') && get?.parameters?.some(({ name }) => name === 'cursor'))
      .map(([path]) => path);
    expect(lists.length).toBeGreaterThan(6);
    const cursorOf = async (path: string): Promise<string> =>
      (await client.get<ListBody<object>>(`${path}?limit=1`)).body.next_cursor ?? '';
    const [ofTemplates, ofSets] = [await cursorOf('/templates'), await cursorOf('/sets')];
    expect(ofTemplates).not.toBe('');
    expect(ofSets).not.toBe('');
    for (const list of lists) {
      const cursor = list === '/templates' ? ofSets : ofTemplates;
      for (const wrong of [cursor, `${cursor}x`, 'x', '1.1', encodeURIComponent("' OR 1=1")]) {
        expectError(await client.get(`${list}?cursor=${wrong}`), 400, 'invalid_cursor');
      }
    }
    for (const list of lists) expect(isRefusal(await client.get(`${list}?cursor=%00`))).toBe(true);
    expectError(await client.get(`/sets?deleted=true&cursor=${ofSets}`), 400, 'invalid_cursor');
  });

  it.each(NAMES)('%j names neither a set nor a file', async (name) => {
    expectError(await client.post('/sets', { name, rows: [] }), 422, 'validation_error');
    expectError(await client.post('/sets/one/restore', { as: name, id: 'set_x' }), 422, 'validation_error');
    expectError(await client.upload(name, 'a\n'), 422, 'validation_error');
    for (const path of ['/sets/', '/workspace/files/']) {
      const answer = await client.get(path + encodeURIComponent(name));
      if (name !== '' && name !== '..') expect(isRefusal(answer)).toBe(true);
    }
  });

  it.each(['tmpl_\u0430bc', 'tmpl_x/../y', '%00', '..%2f..%2fworkspace', "x'--", 'x'.repeat(190), '٣'])(
    'the id %s is that of nothing',
    async (id) => {
      const wrong: string[] = [];
      for (const [method, path] of ROUTES.filter(
        // Counters begin with their name.
        ([, one]) => /:(ref|id|name)/.test(one) && !one.startsWith('/counters'),
      )) {
        const shown = id.includes('%') ? id : encodeURIComponent(id);
        const url = path.replace(/:(ref|id|name)/, shown);
        const answer = await client.send(method, url, method === 'GET' || method === 'DELETE' ? undefined : {});
        if (!isRefusal(answer)) wrong.push(`${method} ${path}: ${answer.status}`);
      }
      expect(wrong).toEqual([]);
    },
  );

  it.each([
    '2026-02-30T00:00:00Z',
    '2026-01-01',
    '10000-01-01T00:00:00Z',
    '+275760-09-14T00:00:00Z',
    '2026-01-01T25:00:00Z',
    '1',
    '',
    'now',
  ])('the time %j is refused', async (time) => {
    const shown = encodeURIComponent(time);
    for (const path of ['/audit', '/audit/export']) {
      for (const key of ['from', 'to']) {
        expectError(await client.get(`${path}?${key}=${shown}`), 422, 'validation_error');
      }
    }
    expectError(await client.post('/keys', { name: 'x', expiresAt: time }), 422, 'validation_error');
  });

  it.each(['１０', '٥', '1e1', '0x1', '-1', '1.5', '99999999999999999999', ' 1', ''])(
    '%j is no number of a query',
    async (text) => {
      const shown = encodeURIComponent(text);
      for (const path of [
        '/templates?limit=',
        '/sets?limit=',
        '/sets/one?limit=',
        '/sets/one?offset=',
        '/sets/one?version=',
        '/audit?limit=',
        '/workspace/files?limit=',
      ]) {
        expectError(await client.get(path + shown), 422, 'validation_error');
      }
    },
  );

  it('words that look like others are not those', async () => {
    expectError(await client.post('/invites', { role: 'οwner' }), 422, 'validation_error');
    expectError(await client.patch('/workspace', { plan: 'prо' }), 422, 'validation_error');
    expectError(
      await client.post(`/templates/${template}/generate`, { count: 1, format: 'ｊson' }),
      422,
      'validation_error',
    );
    expectError(await client.get('/sets?deleted=ｔrue'), 422, 'validation_error');
  });
});
