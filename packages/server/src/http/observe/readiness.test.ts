import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectError } from '../../testing/client.ts';
import { startOn, type TestServer } from '../../testing/servers.ts';

describe('a server', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startOn('external');
  });
  afterAll(() => server?.close());

  it('is ready when its database has the tables that it needs', async () => {
    const client = server.client.as(undefined);
    expect((await client.get('/readyz')).body).toEqual({
      status: 'ready',
      checks: { database: 'ok', migrations: 'ok' },
    });
    const store = await server.openDatabase();
    const table = 'kysely_migration' as never;
    await store
      .deleteFrom(table)
      .where('name' as never, '=', '0004-tenancy' as never)
      .execute();
    expectError(await client.get('/readyz'), 503, 'unavailable');
    await store
      .insertInto(table)
      .values({ name: '0004-tenancy', timestamp: '' } as never)
      .execute();
    await store.destroy();
    expect((await client.get('/readyz')).status).toBe(200);
  });

  it('has no metrics and lets no pages call it unless it is told to', async () => {
    expectError(await server.client.get('/metrics'), 404, 'not_found');
    const { headers } = await server.client.get('/templates', { origin: 'https://pages.example' });
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  it('tells errors as RFC 9457 has them to whoever asks', async () => {
    const accept = { accept: 'application/json;q=0.9, application/problem+json' };
    const answer = await server.client.post<Record<string, unknown>>('/templates', { name: 'x' }, accept);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      422,
      'application/problem+json; charset=utf-8',
    ]);
    const problem = JSON.parse(answer.text) as Record<string, unknown>;
    expect(problem).toEqual({
      type: 'urn:datamaker:error:validation_error',
      title: expect.stringMatching(/./),
      status: 422,
      detail: expect.stringMatching(/^\/fields: /),
      instance: `urn:datamaker:request:${answer.headers.get('request-id')}`,
      code: 'validation_error',
      request_id: answer.headers.get('request-id'),
      diagnostics: [expect.objectContaining({ pointer: '/fields' })],
    });
    expect(answer.headers.get('vary')).toContain('Accept');
    const id = await server.client.create([{ name: 'id', type: 'uuid' }]);
    const only = { accept: 'application/problem+json' };
    expect((await server.client.post(`/templates/${id}/generate`, { count: 1 }, only)).status).toBe(200);
  });

  it('guards what browsers make of its answers', async () => {
    const { headers } = await server.client.get('/templates');
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cache-control': 'private, no-cache',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    });
  });
});
