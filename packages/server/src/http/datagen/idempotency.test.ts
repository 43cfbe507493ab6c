import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../testing/client.ts';
import { mintKey } from '../../testing/datagen-client.ts';
import { STORES, startOn, type TestServer } from '../../testing/servers.ts';
import { until } from '../../testing/until.ts';

const ROWS = {
  schema_fields: [
    { name: 'id', type: 'uuid' },
    { name: 'at', type: 'dateTime' },
  ],
  count: 5,
};
const NAMES = { field_names: ['customer_id', 'email'], count: 5 };
const keyed = (key: string) => ({ 'idempotency-key': key });

describe.each(STORES)('an Idempotency-Key, with the %s store', (kind) => {
  let server: TestServer;
  let one: Client;
  let other: Client;
  beforeAll(async () => {
    server = await startOn(kind);
    one = server.client.as(await mintKey(server.client));
    other = server.client.as(await mintKey(server.client));
  });
  afterAll(() => server?.close());

  it.each([
    ['/api/v1/generate', ROWS],
    ['/api/v1/generate', { ...ROWS, output_format: 'excel' }],
    ['/api/v1/generate-ai', NAMES],
    ['/api/v1/generate-ai/stream', NAMES],
  ])('gets the same bytes again from %s, and they are debited once', async (path, body) => {
    const before = await one.get<{ calls_today: number }>('/api/v1/usage');
    const name = `again ${path} ${JSON.stringify(body)}`;
    const first = await one.post(path, body, keyed(name));
    const second = await one.post(path, body, keyed(name));
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.text).toBe(first.text);
    expect(first.headers.get('x-idempotent-replay')).toBeNull();
    if (!path.endsWith('stream')) {
      expect(second.headers.get('x-idempotent-replay')).toBe('1');
      expect(second.headers.get('cache-control')).toBe('private, max-age=60');
      expect(second.headers.get('x-generation-id')).toBe(first.headers.get('x-generation-id'));
    }
    const after = await one.get<{ calls_today: number }>('/api/v1/usage');
    expect(after.body.calls_today).toBe(before.body.calls_today + 1);
    // Without the key, or under another, it is another request.
    expect((await one.post(path, body, keyed(`${name}!`))).text).not.toBe(first.text);
  });

  it('gives nothing back of what a repeat did not cost, though nobody reads it to its end', async () => {
    const body = JSON.stringify({
      schema_fields: [{ name: 'text', type: 'text', constraints: { count: 40 } }],
      count: 60_000,
    });
    const used = async () => (await server.client.get<{ records_today: number }>('/api/v1/usage')).body.records_today;
    const headers = { 'content-type': 'application/json', 'x-api-key': server.key };
    const ask = (name: string, signal?: AbortSignal) =>
      fetch(`${server.client.url}/api/v1/generate`, {
        ...{ method: 'POST', headers: { ...headers, ...keyed(name) }, body },
        ...(signal === undefined ? {} : { signal }),
      });
    const hangUp = async (name: string): Promise<string | null> => {
      const gone = new AbortController();
      const response = await ask(name, gone.signal);
      await (response.body as ReadableStream<Uint8Array>).getReader().read();
      gone.abort();
      return response.headers.get('x-idempotent-replay');
    };
    await (await ask('whole')).arrayBuffer();
    const before = await used();
    expect(await hangUp('whole')).toBe('1');
    // What costs something is given back; by then the server has seen that nobody was there for the repeat either.
    expect(await hangUp('first')).toBeNull();
    await until(async () => (await used()) < before + 60_000);
    expect(await used()).toBeGreaterThanOrEqual(before);
  });

  it('belongs to its caller: another with the same key gets rows of its own', async () => {
    const mine = await one.post('/api/v1/generate', ROWS, keyed('shared'));
    const theirs = await other.post('/api/v1/generate', ROWS, keyed('shared'));
    expect(theirs.status).toBe(200);
    expect(theirs.headers.get('x-idempotent-replay')).toBeNull();
    expect(theirs.text).not.toBe(mine.text);
  });

  it('refuses another request', async () => {
    await one.post('/api/v1/generate', ROWS, keyed('used'));
    for (const [path, body] of [
      ['/api/v1/generate', { ...ROWS, count: 6 }],
      ['/api/v1/generate-ai', NAMES],
    ] as const) {
      const answer = await one.post(path, body, keyed('used'));
      expect([answer.status, answer.body]).toMatchObject([409, { detail: expect.stringContaining('Idempotency-Key') }]);
    }
  });

  it('runs once when it comes many times at once', async () => {
    const before = await server.client.get<{ calls_today: number }>('/api/v1/usage');
    const answers = await Promise.all(
      Array.from({ length: 12 }, () =>
        server.client.post('/api/v1/generate', { ...ROWS, count: 500 }, keyed('at once')),
      ),
    );
    const good = answers.filter(({ status }) => status === 200);
    expect(good.length).toBeGreaterThan(0);
    expect(new Set(good.map(({ text }) => text)).size).toBe(1);
    for (const { status, headers } of answers.filter(({ status }) => status !== 200)) {
      expect([status, headers.get('retry-after')]).toEqual([409, '1']);
    }
    const after = await server.client.get<{ calls_today: number }>('/api/v1/usage');
    expect(after.body.calls_today).toBe(before.body.calls_today + 1);
  });

  it('is free again when nothing came of it', async () => {
    expect((await one.post('/api/v1/generate', { ...ROWS, count: 0 }, keyed('failed'))).status).toBe(422);
    expect((await one.post('/api/v1/generate', ROWS, keyed('failed'))).status).toBe(200);
  });

  it('of a request whose server is gone is free after a minute', async () => {
    await one.post('/api/v1/generate', ROWS, keyed('lost'));
    const store = await server.openDatabase();
    try {
      const claim = (lease_until: Date) =>
        store.updateTable('datagen_answer').set({ recipe: null, lease_until }).execute();
      await claim(new Date(Date.now() + 60_000));
      expect((await one.post('/api/v1/generate', ROWS, keyed('lost'))).status).toBe(409);
      await claim(new Date(0));
      expect((await one.post('/api/v1/generate', ROWS, keyed('lost'))).status).toBe(200);
    } finally {
      await store.destroy();
    }
  });

  it('must be printable and short', async () => {
    for (const key of ['x'.repeat(256), 'é']) {
      expect((await one.post('/api/v1/generate', ROWS, keyed(key))).status).toBe(422);
    }
  });
});
