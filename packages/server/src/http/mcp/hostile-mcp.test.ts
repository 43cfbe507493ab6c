import { request as open } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../testing/client.ts';
import { connectClient, DOORS } from '../../testing/mcp/connect-client.ts';
import { startOn, type TestServer } from '../../testing/servers.ts';
import { until } from '../../testing/until.ts';

interface Refusal {
  readonly jsonrpc: string;
  readonly id: null;
  readonly error: { readonly code: number; readonly message: string; readonly data?: { readonly code?: string } };
}

const BOTH = { accept: 'application/json, text/event-stream' };
const INITIALIZE = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
};
const LIST = { jsonrpc: '2.0', id: 2, method: 'tools/list', params: {} };
const META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' },
  'io.modelcontextprotocol/clientCapabilities': {},
};
const MODERN = { ...BOTH, 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/list' };

let server: TestServer;
let client: Client;
beforeAll(async () => {
  server = await startOn('bundled', { hosts: ['data.example.org'], corsOrigins: ['https://tests.example.org'] });
  client = server.client;
});
afterAll(() => server?.close());

const post = (body: object | string, headers: Readonly<Record<string, string>> = {}) =>
  client.post<Refusal>('/mcp', body, { ...BOTH, ...headers });

/** A session of 2025-11-25. */
async function begin(): Promise<string> {
  const { headers } = await post(INITIALIZE);
  return headers.get('mcp-session-id') ?? '';
}

describe('what is not as the protocol has it', () => {
  it.each([
    ['no JSON', '{"', 400, -32700],
    ['no UTF-8', '"\u{0}', 400, -32700],
    ['nothing', '', 400, -32600],
    ['a number', '1', 400, -32600],
    ['a batch', JSON.stringify([INITIALIZE, LIST]), 400, -32600],
    ['no version', '{"id":1,"method":"ping"}', 400, undefined],
    ['nested too deep', `${'{"a":'.repeat(500)}1${'}'.repeat(500)}`, 400, -32700],
    ['a session that nobody has begun', JSON.stringify(LIST), 400, -32600],
  ])('is refused: %s', async (_, body, status, code) => {
    const answer = await post(body);
    expect({ status: answer.status, text: answer.text }).toMatchObject({ status });
    if (code !== undefined) expect(answer.body.error.code).toBe(code);
  });

  it('refuses arguments of 10 MiB, other types, and revisions that nobody knows', async () => {
    const large = await post({ ...LIST, params: { text: 'x'.repeat(10 * 1024 * 1024) } });
    expect({ status: large.status, code: large.body.error.data?.code }).toEqual({
      status: 413,
      code: 'payload_too_large',
    });
    expect((await post('x', { 'content-type': 'text/plain' })).status).toBe(415);
    const session = { 'mcp-session-id': await begin() };
    expect((await post(LIST, { ...session, 'mcp-protocol-version': '1999-01-01' })).status).toBe(400);
    const unknown = { ...META, 'io.modelcontextprotocol/protocolVersion': '2099-01-01' };
    const answer = await post(
      { ...LIST, params: { _meta: unknown } },
      { ...MODERN, 'mcp-protocol-version': '2099-01-01' },
    );
    expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 400 });
  });

  it('refuses headers that say another thing than the body', async () => {
    const right = await post({ ...LIST, params: { _meta: META } }, MODERN);
    expect(right.status).toBe(200);
    const wrong = await post({ ...LIST, params: { _meta: META } }, { ...MODERN, 'mcp-method': 'tools/call' });
    expect({ status: wrong.status, code: wrong.body.error.code }).toEqual({ status: 400, code: -32020 });
  });

  it('counter-offers a revision that it speaks', async () => {
    const old = { ...INITIALIZE, params: { ...INITIALIZE.params, protocolVersion: '2025-03-26' } };
    expect((await post(old)).text).toContain('"protocolVersion":"2025-11-25"');
    const before = { ...INITIALIZE, params: { ...INITIALIZE.params, protocolVersion: '2025-06-18' } };
    expect((await post(before)).text).toContain('"protocolVersion":"2025-06-18"');
  });

  it('refuses an id that is under way in the session, and takes it when that is answered', async () => {
    const session = { 'mcp-session-id': await begin(), 'mcp-protocol-version': '2025-11-25' };
    const template = await client.create([{ name: 'id', type: 'sequence' }]);
    const run = await client.post<{ run_id: string }>(`/templates/${template}/generate`, { count: 1, async: true });
    await until(async () => (await client.get<{ state: string }>(`/runs/${run.body.run_id}`)).body.state === 'done');
    const held = { name: 'get_run', arguments: { run: run.body.run_id, wait_seconds: 1 } };
    const call = { jsonrpc: '2.0', id: 7, method: 'tools/call', params: held };
    const answers = await Promise.all([post(call, session), post(call, session)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 400]);
    expect((await post(call, session)).status).toBe(200);
  });
});

describe('a call that takes long', () => {
  it.each(DOORS)('tells how far it is, and stops when it is cancelled (%s)', async (door) => {
    const caller = await connectClient(client.url, server.key, door);
    const template = await client.create([{ name: 'id', type: 'sequence' }]);
    const { body: run } = await client.post<{ run_id: string }>(`/templates/${template}/generate`, {
      count: 1_000_000_000,
      async: true,
    });
    const cancelled = async () =>
      (
        await client.get<{ items: { details: { outcome: string } }[] }>('/audit?action=tool.called&limit=100')
      ).body.items
        .map(({ details }) => details.outcome)
        .filter((outcome) => outcome === 'cancelled').length;
    const before = await cancelled();
    const stop = new AbortController();
    const told: { progress: number; total?: number | undefined }[] = [];
    const onprogress = (progress: { progress: number; total?: number | undefined }): void => {
      told.push(progress);
      if (told.length === 2) stop.abort();
    };
    const held = { name: 'get_run', arguments: { run: run.run_id, wait_seconds: 50 } };
    await expect(caller.callTool(held, { signal: stop.signal, onprogress })).rejects.toThrow();
    expect(told[0]?.total).toBe(1_000_000_000);
    await until(async () => (await cancelled()) > before);
    await client.post(`/runs/${run.run_id}/cancel`, {});
    await caller.close();
  });
});

/** With headers that fetch does not let anybody set. */
function raw(
  headers: Readonly<Record<string, string>>,
): Promise<{ status: number; headers: NodeJS.Dict<string | string[]> }> {
  return new Promise((resolve, reject) => {
    const body = JSON.stringify({ ...LIST, params: { _meta: META } });
    const sent = open(
      `${client.url}/mcp`,
      { method: 'POST', headers: { 'content-type': 'application/json', ...MODERN, ...headers } },
      (answer) => {
        answer.resume();
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers }));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

describe('whom it answers', () => {
  const HOSTS = {
    '127.0.0.1:1': true,
    'localhost:80': true,
    '[::1]:3000': true,
    'data.example.org': true,
    '10.0.0.1': true,
    'evil.example': false,
    'localhost.evil.example': false,
    'data.example.org.evil.example': false,
  } as const;
  const ORIGINS = {
    '': true,
    same: true,
    'https://tests.example.org': true,
    'https://evil.example': false,
    null: false,
  } as const;
  const KEYS = ['key', 'other header', 'none', 'wrong', 'cookie'] as const;

  it.each(Object.keys(HOSTS) as (keyof typeof HOSTS)[])('looks at host, origin and key (%s)', async (host) => {
    for (const [origin, isOrigin] of Object.entries(ORIGINS)) {
      for (const key of KEYS) {
        const from = origin === 'same' ? `http://${host}` : origin;
        const answer = await raw({
          host,
          ...(from === '' ? {} : { origin: from }),
          ...(key === 'key' ? { authorization: `Bearer ${server.key}` } : {}),
          ...(key === 'other header' ? { 'x-api-key': server.key } : {}),
          ...(key === 'wrong' ? { authorization: 'Bearer dmk_owner_wrong' } : {}),
          ...(key === 'cookie' ? { cookie: `__Host-datamaker-session=dms_${'x'.repeat(43)}` } : {}),
        });
        const isKey = key === 'key' || key === 'other header';
        const status = HOSTS[host] && isOrigin ? (isKey ? 200 : 401) : 403;
        expect({ host, origin, key, status: answer.status }).toEqual({ host, origin, key, status });
        if (status === 401) {
          expect(answer.headers['www-authenticate']).toBe(
            `Bearer resource_metadata="http://${host}/.well-known/oauth-protected-resource/mcp"`,
          );
        }
      }
    }
  });

  it('says in its metadata where the resource is, and that keys go into headers', async () => {
    const { body } = await client
      .as(undefined)
      .get<Record<string, unknown>>('/.well-known/oauth-protected-resource/mcp');
    expect(body).toMatchObject({ resource: `${client.url}/mcp`, bearer_methods_supported: ['header'] });
  });

  it('keeps sessions to the key that has begun them', async () => {
    const { body: other } = await client.post<{ key: string }>('/keys', { name: 'other' });
    const session = { 'mcp-session-id': await begin() };
    expect((await post(LIST, session)).status).toBe(200);
    for (const method of ['POST', 'GET', 'DELETE']) {
      const body = method === 'POST' ? LIST : undefined;
      const answer = await client.as(other.key).send(method, '/mcp', body, { ...BOTH, ...session });
      expect({ method, status: answer.status }).toEqual({ method, status: 404 });
    }
    expect((await client.send('DELETE', '/mcp', undefined, session)).status).toBe(200);
    expect((await post(LIST, session)).status).toBe(404);
  });

  it('shows keys that may only read the tools that read, and refuses the others all the same', async () => {
    const { body } = await client.post<{ key: string }>('/keys', { name: 'reader', readOnly: true });
    const reader = await connectClient(client.url, body.key, '2026');
    const { tools } = await reader.listTools();
    expect(tools.filter(({ annotations }) => annotations?.readOnlyHint !== true)).toEqual([]);
    expect(tools.length).toBeGreaterThan(20);
    const refused = await reader.callTool({ name: 'create_template', arguments: { name: 'x', fields: [] } });
    expect(refused).toMatchObject({ isError: true });
    expect(JSON.stringify(refused.content)).toContain('forbidden');
    await reader.close();
  });

  it('shows keys of DataGen the tools of DataGen, and nothing of any workspace', async () => {
    const { body } = await client.as(undefined).get<{ api_key: string }>('/api/v1/auth/free-key');
    const caller = await connectClient(client.url, body.api_key, 'sse');
    const { tools } = await caller.listTools();
    expect(tools.map(({ name }) => name).every((name) => name.startsWith('datagen_'))).toBe(true);
    expect(tools).toHaveLength(8);
    const made = await caller.callTool({
      name: 'datagen_generate',
      arguments: { schema_fields: [{ name: 'mail', type: 'email' }], count: 2 },
    });
    expect(made).toMatchObject({ structuredContent: { data: { tier: 'free', count: 2 } } });
    const refused = await caller.callTool({ name: 'list_templates', arguments: {} });
    expect(refused).toMatchObject({ isError: true });
    await caller.close();
  });

  it('cuts the streams of a key that is revoked', async () => {
    const { body } = await client.post<{ key: string; id: string }>('/keys', { name: 'short' });
    const answer = await fetch(`${client.url}/mcp/sse`, {
      headers: { authorization: `Bearer ${body.key}`, accept: 'text/event-stream' },
    });
    const reader = answer.body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBeDefined();
    await client.delete(`/keys/${body.id}`);
    const isOver = async (): Promise<boolean> => {
      for (;;) {
        const part = await reader?.read().catch(() => ({ done: true }));
        if (part?.done !== false) return true;
      }
    };
    expect(await isOver()).toBe(true);
  });
});
