import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectError } from '../../testing/client.ts';
import { startOn, type TestServer } from '../../testing/servers.ts';

const TOKEN = 'a token of 24 characters';
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';

/** Names of headers of answers, wherever a document tells of them. */
function headersIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'headers' && !('RequestId' in inner) ? Object.keys(inner) : headersIn(inner),
  );
}

/** Takes what is sent to it, as a collector does. */
async function startCollector() {
  const bodies: string[] = [];
  const collector = createServer(async (request: IncomingMessage, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    bodies.push(`${request.url} ${request.headers['x-collector']} ${Buffer.concat(chunks).toString()}`);
    response.setHeader('content-type', 'application/json').end('{}');
  });
  collector.listen(0, '127.0.0.1');
  await once(collector, 'listening');
  return { bodies, collector, url: `http://127.0.0.1:${(collector.address() as AddressInfo).port}/v1/traces` };
}

describe('a server that is observed', () => {
  let server: TestServer;
  let closed = false;
  let collected: Awaited<ReturnType<typeof startCollector>>;
  beforeAll(async () => {
    collected = await startCollector();
    server = await startOn('external', {
      metricsToken: TOKEN,
      traces: { url: collected.url, headers: { 'x-collector': 'key' }, serviceName: 'tested' },
      corsOrigins: ['https://pages.example'],
    });
  });
  afterAll(async () => {
    if (!closed) await server?.close();
    collected?.collector.close();
  });

  it('shows metrics by route, to whoever has the token', async () => {
    const id = await server.client.create([{ name: 'id', type: 'uuid' }]);
    await server.client.get(`/templates/${id}?canary=1`);
    await server.client.get('/nowhere/canary');
    expectError(await server.client.get('/metrics'), 401, 'unauthorized');
    expectError(await server.client.as(undefined).get('/metrics'), 401, 'unauthorized');
    const { text, headers } = await server.client.as(TOKEN).get('/metrics');
    expect(headers.get('content-type')).toMatch(/^text\/plain/);
    expect(text).toContain(
      'datamaker_http_request_duration_seconds_count{method="POST",route="/templates",status="201"} 1',
    );
    expect(text).toContain('method="GET",route="none",status="404"');
    expect(text).toContain('datamaker_http_requests_running 1');
    expect(text).toContain('process_cpu_user_seconds_total');
    expect(text).not.toMatch(/canary|tmpl_/);
  });

  it('lets pages of allowed origins call it, and no others', async () => {
    const ask = (origin: string) =>
      server.client.send('OPTIONS', '/templates', undefined, {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization',
      });
    const allowed = await ask('https://pages.example');
    expect([allowed.status, allowed.headers.get('access-control-allow-origin')]).toEqual([
      204,
      'https://pages.example',
    ]);
    expect(allowed.headers.get('access-control-allow-credentials')).toBeNull();
    expect((await ask('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
    expectError(await server.client.get('/nowhere'), 404, 'not_found');
    expectError(await server.client.send('PUT', '/templates'), 405, 'method_not_allowed');
  });

  it('lets those pages send and see all headers that the API has', async () => {
    const origin = 'https://pages.example';
    const { body } = await server.client.get<{ components: { parameters: Record<string, { name: string }> } }>(
      '/openapi.json',
    );
    const preflight = await server.client.send('OPTIONS', '/templates', undefined, {
      origin,
      'access-control-request-method': 'DELETE',
    });
    const listed = (headers: Headers, name: string) =>
      (headers.get(`access-control-${name}`) ?? '').split(/, ?/).map((one) => one.toLowerCase());
    const sent = Object.values(body.components.parameters).map(({ name }) => name.toLowerCase());
    expect(sent.length).toBeGreaterThan(2);
    expect(listed(preflight.headers, 'allow-headers')).toEqual(
      expect.arrayContaining([
        ...sent,
        ...['authorization', 'x-api-key', 'content-type', 'last-event-id', 'prefer', 'range', 'if-range'],
      ]),
    );
    expect(listed(preflight.headers, 'allow-methods').toSorted()).toEqual(['delete', 'get', 'patch', 'post', 'put']);
    expect(preflight.headers.get('access-control-max-age')).toBe('600');
    const answer = await server.client.get('/templates', { origin });
    const seen = headersIn(body).map((name) => name.toLowerCase());
    expect(seen.length).toBeGreaterThan(5);
    expect(listed(answer.headers, 'expose-headers')).toEqual(
      expect.arrayContaining([
        ...seen,
        ...['allow', 'content-disposition', 'content-range', 'etag', 'location', 'preference-applied', 'retry-after'],
        'x-datamaker-version',
      ]),
    );
  });

  it('sends spans of its requests, in the trace of the caller, when it stops at the latest', async () => {
    const { headers } = await server.client.get('/templates?limit=7', {
      traceparent: `00-${TRACE}-00f067aa0ba902b7-01`,
    });
    await server.close();
    closed = true;
    const sent = collected.bodies.join('\n');
    expect(sent).toContain('/v1/traces key ');
    expect(sent).toContain('"tested"');
    const spans = collected.bodies
      .map((body) => JSON.parse(body.slice(body.indexOf('{'))))
      .flatMap((body) => body.resourceSpans[0].scopeSpans[0].spans as Record<string, unknown>[]);
    const span = spans.find(({ traceId }) => traceId === TRACE);
    expect(span).toMatchObject({ name: 'GET /templates', parentSpanId: '00f067aa0ba902b7', kind: 2 });
    expect(JSON.stringify(span)).toContain(headers.get('request-id'));
    expect(sent).not.toContain('limit=7');
    expect(sent).not.toContain(server.key);
  });
});
