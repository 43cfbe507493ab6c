import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Ledger } from '../../services/datagen/ledger.ts';
import { startServer } from '../../start-server.ts';
import { addProject } from '../../testing/add-project.ts';
import { Client } from '../../testing/client.ts';
import { mintKey } from '../../testing/datagen-client.ts';
import {
  bundle,
  quietly,
  removeFolder,
  STORES,
  startOn,
  type TestServer,
  temporaryFolder,
} from '../../testing/servers.ts';
import { until } from '../../testing/until.ts';
import { redactKey } from '../describe-request.ts';

const ROWS = { schema_fields: [{ name: 'id', type: 'uuid' }], count: 3 };
interface UsageBody {
  readonly calls_today: number;
  readonly calls_limit: number | 'unlimited';
  readonly records_today: number;
}

describe.each(STORES)('with the %s store', (kind) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startOn(kind);
  });
  afterAll(() => server?.close());

  it('a free key has so many calls a day, however many ask at once', async () => {
    const key = await mintKey(server.client);
    const free = server.client.as(key);
    const answers = await Promise.all(Array.from({ length: 30 }, () => free.post('/api/v1/generate', ROWS)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(20);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(10);
    for (const { headers, body } of refused) {
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      expect(body).toMatchObject({ detail: expect.stringContaining('20') });
    }
    const usage = await free.get<UsageBody>('/api/v1/usage');
    expect(usage.body).toEqual({
      tier: 'free',
      key_prefix: `${key.slice(0, 16)}...`,
      calls_today: 20,
      calls_limit: 20,
      records_today: 60,
    });
  });

  it('what is refused or only looked at is not counted', async () => {
    const free = server.client.as(await mintKey(server.client));
    await free.post('/api/v1/generate', { ...ROWS, count: 0 });
    await free.post('/api/v1/validate', ROWS);
    await free.post('/api/v1/infer-schema', { field_names: ['a'] });
    await free.get('/api/v1/capabilities');
    expect((await free.get<UsageBody>('/api/v1/usage')).body).toMatchObject({ calls_today: 0, records_today: 0 });
  });

  it('calls of a plan without a limit are counted one by one', async () => {
    const before = (await server.client.get<UsageBody>('/api/v1/usage')).body;
    expect(before.calls_limit).toBe('unlimited');
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => server.client.post<{ usage: UsageBody }>('/api/v1/generate', ROWS)),
    );
    const seen = answers.map(({ body }) => body.usage.calls_today).toSorted((a, b) => a - b);
    expect(seen).toEqual(Array.from({ length: 40 }, (_, index) => before.calls_today + index + 1));
    for (const { body } of answers) {
      expect(body.usage.records_today - before.records_today).toBe(3 * (body.usage.calls_today - before.calls_today));
    }
  });

  it('calls are not given twice by servers that share the database', async () => {
    const stores = [await server.openDatabase(), await server.openDatabase()];
    try {
      const ledgers = stores.map((store) => new Ledger(store));
      const debits = Array.from({ length: 200 }, (_, index) => ledgers[index % 2]?.debit('key_of_both', 7, 20));
      const granted = (await Promise.all(debits)).filter((usage) => usage !== undefined);
      expect(granted.map(({ calls }) => calls).toSorted((a, b) => a - b)).toEqual(
        Array.from({ length: 20 }, (_, index) => index + 1),
      );
      expect(await ledgers[0]?.read('key_of_both')).toEqual({ keyId: 'key_of_both', calls: 20, records: 140 });
      const free = Array.from({ length: 200 }, (_, index) => ledgers[index % 2]?.debit('key_without_limit', 1, -1));
      const calls = (await Promise.all(free)).map((usage) => usage?.calls);
      expect(new Set(calls)).toEqual(new Set(Array.from({ length: 200 }, (_, index) => index + 1)));
    } finally {
      for (const store of stores) await store.destroy();
    }
  });

  it('of a workspace has what the plan and the rights of its holder allow', async () => {
    const client = server.client.as(await addProject(server));
    const viewer = server.client.as(await addProject(server));
    const store = await server.openDatabase();
    try {
      const newest = await store
        .selectFrom('api_key')
        .select('id')
        .orderBy('created_at', 'desc')
        .executeTakeFirstOrThrow();
      await store.updateTable('api_key').set({ read_only: true }).where('id', '=', newest.id).execute();
      expect((await viewer.post('/api/v1/generate', ROWS)).status).toBe(403);
      expect((await viewer.post('/api/v1/validate', ROWS)).status).toBe(200);
      await store.updateTable('workspace').set({ plan: 'pro' }).execute();
      const { body } = await client.post<{ tier: string; usage: object }>('/api/v1/generate', ROWS);
      expect(body).toMatchObject({ tier: 'pro', usage: { calls_remaining: 499 } });
      expect((await client.post('/api/v1/generate', { ...ROWS, count: 5001 })).status).toBe(422);
    } finally {
      await store.updateTable('workspace').set({ plan: 'self-hosted' }).execute();
      await store.destroy();
    }
  });

  it('records that did not arrive are given back', async () => {
    const key = await addProject(server);
    const client = server.client.as(key);
    const gone = new AbortController();
    const response = await fetch(`${server.client.url}/api/v1/generate`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': key },
      body: JSON.stringify({
        schema_fields: [{ name: 'text', type: 'text', constraints: { count: 40 } }],
        count: 100_000,
      }),
      signal: gone.signal,
    });
    expect(response.status).toBe(200);
    // Some of them did: more than the beginning, which has none.
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    for (let bytes = 0; bytes < 100_000; ) bytes += (await reader.read()).value?.length ?? 0;
    gone.abort();
    const used = async () => (await client.get<UsageBody>('/api/v1/usage')).body.records_today;
    await until(async () => (await used()) < 100_000);
    expect(await used()).toBeGreaterThan(10);
  });

  it('are stored as a hash, and end when they are revoked or expire', async () => {
    const keys = [await mintKey(server.client), await mintKey(server.client)];
    for (const key of keys) expect(key).toMatch(/^DATAGEN-FREE-[0-9a-f]{40}$/);
    const store = await server.openDatabase();
    try {
      const rows = await store.selectFrom('datagen_key').selectAll().execute();
      const text = JSON.stringify(
        rows.map(({ hash, ...row }) => ({ ...row, hash: [hash.toString('hex'), hash.toString('latin1')] })),
      );
      for (const key of keys) expect(text).not.toContain(key.slice(20));
      await store.updateTable('datagen_key').set({ revoked_at: new Date() }).execute();
      // Never used before, so nothing remembers them.
      for (const key of keys) expect((await server.client.as(key).get('/api/v1/usage')).status).toBe(401);
      await store
        .updateTable('datagen_key')
        .set({ revoked_at: null, expires_at: new Date(0) })
        .execute();
      for (const key of keys) expect((await server.client.as(key).get('/api/v1/usage')).status).toBe(401);
    } finally {
      await store.destroy();
    }
  });

  it('are minted thirty times an hour for an address', async () => {
    const keyless = server.client.as(undefined);
    const answers = await Promise.all(Array.from({ length: 40 }, () => keyless.get('/api/v1/auth/free-key')));
    const refused = answers.filter(({ status }) => status === 429);
    // Other tests have minted some as well.
    expect(refused.length).toBeGreaterThanOrEqual(10);
    for (const { headers, body } of refused) {
      const { retry_after_sec: seconds } = body as unknown as { retry_after_sec: number };
      expect(seconds).toBeGreaterThan(3500);
      expect(headers.get('retry-after')).toBe(String(seconds));
      expect(body).toMatchObject({ error: expect.anything(), hint: expect.anything() });
    }
    // A proxy that nobody said to believe.
    const spoofed = await keyless.get('/api/v1/auth/free-key', { 'x-forwarded-for': '203.0.113.9' });
    expect(spoofed.status).toBe(429);
    expect(answers.filter(({ status }) => status === 200).length + refused.length).toBe(40);
  });
});

describe('a key', () => {
  it('may stand in either header or in the query, where the log does not show it', async () => {
    const dataDirectory = temporaryFolder();
    await bundle(dataDirectory);
    const server = await startServer(quietly({ dataDirectory }));
    try {
      const key = server.newKey ?? '';
      const client = new Client(server.url, undefined);
      for (const headers of [{ 'x-api-key': key }, { authorization: `Bearer ${key}` }]) {
        expect((await client.get('/api/v1/usage', headers)).status).toBe(200);
      }
      expect((await client.get(`/api/v1/usage?api_key=${key}`)).status).toBe(200);
      expect((await client.get('/api/v1/usage?api_key=wrong')).status).toBe(401);
    } finally {
      await server.close();
      removeFolder(dataDirectory);
    }
    expect(redactKey('/a?api_key=s3cret&b=1')).toBe('/a?api_key=[Redacted]&b=1');
    expect(redactKey('/a?b=1&%61pi%5Fkey=s3cret')).toBe('/a?b=1&api_key=[Redacted]');
  });

  it('is minted by the address that a trusted proxy tells', async () => {
    const dataDirectory = temporaryFolder();
    await bundle(dataDirectory);
    const server = await startServer(quietly({ dataDirectory, trustedProxies: ['127.0.0.0/8'] }));
    try {
      const client = new Client(server.url, undefined);
      const mintFor = (address: string) => client.get('/api/v1/auth/free-key', { 'x-forwarded-for': address });
      const first = await Promise.all(Array.from({ length: 31 }, () => mintFor('203.0.113.9')));
      expect(first.filter(({ status }) => status === 429)).toHaveLength(1);
      expect((await mintFor('203.0.113.10')).status).toBe(200);
    } finally {
      await server.close();
      removeFolder(dataDirectory);
    }
  });
});
