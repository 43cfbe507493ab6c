import { readFileSync, writeFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listedRoutes } from '../../testing/matrix/expectations.ts';
import { startOn, type TestServer } from '../../testing/servers.ts';

const CONTRACT = new URL('../../../../../contracts/openapi.json', import.meta.url);

interface Ref {
  readonly $ref: string;
}
interface Operation {
  readonly parameters?: readonly (Ref & { readonly name?: string })[];
  readonly operationId?: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly responses: Readonly<
    Record<
      string,
      {
        readonly headers?: Readonly<Record<string, Ref>>;
        readonly content?: Readonly<Record<string, { readonly schema: object }>>;
      }
    >
  >;
}
interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<
    Record<'parameters' | 'headers' | 'responses', Readonly<Record<string, { readonly name: string }>>>
  >;
}

describe('the OpenAPI document', () => {
  let server: TestServer;
  let text: string;
  let document: Document;
  beforeAll(async () => {
    server = await startOn('external');
    const answer = await fetch(`${server.client.url}/openapi.json`);
    text = await answer.text();
    document = JSON.parse(text) as Document;
    // Errors are described once: here they stand where they are meant.
    for (const { responses } of Object.values(document.paths).flatMap((operations) => Object.values(operations))) {
      for (const [status, response] of Object.entries(responses)) {
        const name = (response as Partial<Ref>).$ref?.split('/').at(-1);
        const shared = name === undefined ? response : (document.components.responses[name] as object);
        Object.assign(responses, { [status]: shared });
      }
    }
  });
  afterAll(() => server?.close());

  it('is OpenAPI 3.1', async () => {
    expect(document.openapi).toBe('3.1.0');
    expect(await new Validator().validate(JSON.parse(text))).toMatchObject({ valid: true });
  });

  it('is the one that is checked in', () => {
    const shown = `${JSON.stringify(JSON.parse(text), null, 2)}\n`;
    if (process.env['DATAMAKER_UPDATE_DOCS'] === '1') writeFileSync(CONTRACT, shown);
    expect(readFileSync(CONTRACT, 'utf8')).toBe(shown);
  });

  it('describes each operation once, with what it answers when things go wrong', () => {
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
    const ids = operations.map(({ operationId }) => operationId);
    expect(ids.every((id) => id !== undefined)).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { summary, tags, responses } of operations) {
      expect(summary).toMatch(/./);
      expect(tags).toHaveLength(1);
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['400', '401', '500', '503']));
    }
  });

  it('says what each answer is, however many routes have the same', () => {
    const unsaid = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.entries(operations).flatMap(([method, { responses }]) =>
        Object.entries(responses).flatMap(([status, { content = {} }]) =>
          Object.entries(content).flatMap(([type, { schema }]) =>
            type !== '*/*' && Object.keys(schema).length === 0 ? [`${method} ${path} ${status}`] : [],
          ),
        ),
      ),
    );
    expect(unsaid).toEqual([]);
    const refOf = (path: string, method: string, status: string) =>
      document.paths[path]?.[method]?.responses[status]?.content?.['application/json']?.schema;
    const template = { $ref: '#/components/schemas/Template' };
    expect(refOf('/templates', 'post', '201')).toEqual(template);
    expect(refOf('/templates/{ref}', 'get', '200')).toEqual(template);
    expect(refOf('/templates/{ref}', 'patch', '200')).toEqual(template);
  });

  it('describes headers that many routes have once, and names them where they are', async () => {
    const parametersOf = (path: string, method: string): string[] =>
      (document.paths[path]?.[method]?.parameters ?? []).map(
        ({ $ref, name }) => name ?? document.components.parameters[$ref.split('/').at(-1) ?? '']?.name ?? '',
      );
    const headersOf = (path: string, method: string, status: string): string[] =>
      Object.keys(document.paths[path]?.[method]?.responses[status]?.headers ?? {});
    expect(parametersOf('/templates', 'post')).toEqual(['X-DataMaker-Project', 'Idempotency-Key']);
    expect(parametersOf('/templates/{ref}', 'patch')).toEqual(['ref', 'X-DataMaker-Project', 'If-Match']);
    expect(parametersOf('/templates/{ref}', 'get')).toEqual(['ref', 'X-DataMaker-Project', 'If-None-Match']);
    expect(parametersOf('/invites', 'post')).toEqual(['Idempotency-Key']);
    expect(parametersOf('/session', 'post')).toEqual([]);
    expect(parametersOf('/workspace/files/{name}', 'get').filter((name) => /if-none-match/i.test(name))).toHaveLength(
      1,
    );
    const limits = ['X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset', 'RateLimit-Policy', 'RateLimit'];
    expect(headersOf('/templates/{ref}', 'get', '200')).toEqual(['Request-Id', 'ETag', ...limits]);
    expect(headersOf('/templates/{ref}', 'patch', '200')).toContain('ETag');
    expect(headersOf('/templates', 'post', '201')).toEqual(['Request-Id', 'ETag', 'Idempotent-Replayed', ...limits]);
    expect(headersOf('/templates', 'post', '429')).toEqual(['Request-Id', ...limits, 'Retry-After']);
    expect(headersOf('/healthz', 'get', '200')).toEqual(['Request-Id']);
    // Every POST of somebody who is known takes a key; no answer is without an id.
    const refs = new Set<string>();
    for (const [path, operations] of Object.entries(document.paths)) {
      for (const [method, { responses }] of Object.entries(operations)) {
        const isKnown = !/^\/(session|invites\/\{token\}\/accept)$/.test(path);
        if (method === 'post' && isKnown) {
          expect(parametersOf(path, method)).toContain('Idempotency-Key');
          expect(Object.keys(responses)).toEqual(expect.arrayContaining(['400', '409', '422']));
        }
        if (parametersOf(path, method).includes('X-DataMaker-Project')) expect(responses).toHaveProperty('404');
        for (const { headers = {} } of Object.values(responses)) {
          expect(headers).toHaveProperty('Request-Id');
          for (const { $ref } of Object.values(headers)) refs.add($ref);
        }
      }
    }
    for (const ref of refs) expect(document.components.headers).toHaveProperty(ref.split('/').at(-1) ?? '');
  });

  it('names headers that answers have', async () => {
    const { client } = server;
    const made = await client.post(
      '/templates',
      { name: 'x', fields: [{ name: 'id', type: 'uuid' }] },
      { 'idempotency-key': 'k' },
    );
    for (const name of ['request-id', 'etag']) expect(made.headers.get(name)).toMatch(/./);
    const again = await client.post(
      '/templates',
      { name: 'x', fields: [{ name: 'id', type: 'uuid' }] },
      { 'idempotency-key': 'k' },
    );
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    const etag = made.headers.get('etag') ?? '';
    expect((await client.get(`/templates/${made.body.id}`, { 'if-none-match': etag })).status).toBe(304);
    expect(
      (await client.send('DELETE', `/templates/${made.body.id}`, undefined, { 'if-match': '"other"' })).status,
    ).toBe(412);
    expect((await client.get('/templates', { 'x-datamaker-project': 'proj_other' })).status).toBe(404);
  });

  it('leaves out no route but those of the documents, the web app, the other doors and what only operators ask', () => {
    const described = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    );
    // The tenant matrix holds the list equal to the table of routes.
    const own = listedRoutes().filter(
      (route) => !/ \/($|docs|openapi\.json|api\/v1|metrics|app|mcp|\.well-known)/.test(route),
    );
    // OpenAPI has no paths of any depth.
    expect(described.toSorted()).toEqual(own.map((route) => route.replace(/\*$/, ':name')).toSorted());
  });

  it('describes paths that are there, with the methods that they take', async () => {
    for (const [path, operations] of Object.entries(document.paths)) {
      const url = server.client.url + path.replaceAll(/\{\w+\}/g, 'tmpl_x');
      const answer = await fetch(url, { method: 'PROPFIND' });
      expect(answer.status).toBe(405);
      const allowed = answer.headers.get('allow')?.toLowerCase().split(', ') ?? [];
      expect(allowed).toEqual(expect.arrayContaining(Object.keys(operations)));
    }
  });

  it('can be read and tried out on pages that load nothing from elsewhere', async () => {
    const page = await fetch(`${server.client.url}/docs`);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const html = await page.text();
    const loaded = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url]) => url ?? '');
    expect(loaded.length).toBeGreaterThan(3);
    for (const url of loaded) {
      expect(url).not.toMatch(/^(https?:)?\/\//);
      expect((await fetch(new URL(url, `${server.client.url}/docs/`))).status).toBe(200);
    }
  });
});
