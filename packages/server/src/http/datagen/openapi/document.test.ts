import { readFileSync, writeFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contractHash } from '../../../services/datagen/contract.ts';
import { startOn, type TestServer } from '../../../testing/servers.ts';
import examples from './data/generation-examples.json' with { type: 'json' };

const CONTRACT = new URL('../../../../../../contracts/datagen-openapi.json', import.meta.url);
const PAGE = new URL('../../../../../../docs/reference/datagen.md', import.meta.url);

interface Media {
  readonly schema?: object;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}
interface Answer {
  readonly description: string;
  readonly headers?: object;
  readonly content: Readonly<Record<string, Media>>;
}
interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly security: readonly object[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, Answer>>;
}
interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly securitySchemes: object };
}

describe('the OpenAPI document of the DataGen door', () => {
  let server: TestServer;
  let text: string;
  let document: Document;
  let operations: readonly (readonly [name: string, operation: Operation])[];
  beforeAll(async () => {
    server = await startOn('external');
    text = await (await fetch(`${server.client.url}/api/v1/openapi.json`)).text();
    document = JSON.parse(text) as Document;
    operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const),
    );
  });
  afterAll(() => server?.close());

  it('is OpenAPI 3.1', async () => {
    expect(document.openapi).toBe('3.1.0');
    expect(await new Validator().validate(JSON.parse(text))).toMatchObject({ valid: true });
    expect(Object.keys(document.components.securitySchemes)).toEqual(['XApiKey', 'bearer']);
  });

  it('is the one that is checked in', () => {
    const shown = `${JSON.stringify(document, null, 2)}\n`;
    if (process.env['DATAMAKER_UPDATE_DOCS'] === '1') writeFileSync(CONTRACT, shown);
    expect(readFileSync(CONTRACT, 'utf8')).toBe(shown);
  });

  it('has the routes of this door that the page names, and the other document has none of them', async () => {
    const page = readFileSync(PAGE, 'utf8');
    const named = [...page.matchAll(/^\| `((?:GET|POST) \/api\/v1\/[^`]+)`/gm)].map(([, name]) => name);
    const own = ['GET /api/v1/openapi.json', 'GET /api/v1/docs'];
    expect([...operations.map(([name]) => name), ...own].toSorted()).toEqual(named.toSorted());
    const other = (await (await fetch(`${server.client.url}/openapi.json`)).json()) as Document;
    expect(Object.keys(other.paths).filter((path) => path.startsWith('/api/v1'))).toEqual([]);
  });

  it('has paths that are there, with all the methods that they take', async () => {
    for (const [path, methods] of Object.entries(document.paths)) {
      const answer = await fetch(server.client.url + path.replaceAll(/\{\w+\}/g, 'x'), { method: 'PROPFIND' });
      expect(answer.status).toBe(405);
      expect(answer.headers.get('allow')?.toLowerCase().split(', ')).toEqual(Object.keys(methods));
    }
  });

  it('says of each operation what it is, who may ask, and what it answers', () => {
    expect(new Set(operations.map(([, { operationId }]) => operationId)).size).toBe(operations.length);
    for (const [name, { summary, tags, security, responses, requestBody }] of operations) {
      expect(summary, name).toMatch(/./);
      expect(['Discovery', 'Generation', 'Admin']).toContain(tags[0]);
      expect(security, name).toBeDefined();
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['200', '400', '500', '503']));
      if (security.length > 0) expect(Object.keys(responses), name).toContain('401');
      if (requestBody) expect(Object.keys(responses)).toEqual(expect.arrayContaining(['413', '415', '422']));
      for (const answer of Object.values(responses)) expect(Object.keys(answer.headers ?? {})).toContain('Request-Id');
      if (responses['429']) expect(Object.keys(responses['429'].headers ?? {})).toContain('Retry-After');
    }
  });

  it('has examples of each request and each answer, and they are as their schemas say', () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema(document, 'document');
    let seen = 0;
    for (const [name, { requestBody, responses }] of operations) {
      const medias = [requestBody?.content ?? {}, ...Object.values(responses).map(({ content }) => content)];
      for (const [type, media] of medias.flatMap((content) => Object.entries(content))) {
        // Files are bytes, which JSON has no examples of; one of them is text that is worth showing.
        if (!/json$|^text\/(csv|event-stream)$/.test(type) || type === 'application/x-ndjson') continue;
        expect(Object.keys(media.examples ?? {}).length, `${name} ${type}`).toBeGreaterThan(0);
        const schema = JSON.parse(JSON.stringify(media.schema).replaceAll('"#/', '"document#/')) as object;
        const fits = ajv.compile(schema);
        for (const [example, { value }] of Object.entries(media.examples ?? {})) {
          seen++;
          expect(fits(value), `${name} ${type} ${example}: ${ajv.errorsText(fits.errors)}`).toBe(true);
        }
      }
    }
    expect(seen).toBeGreaterThan(100);
  });

  it('has an example of a contract whose hash is that of its columns', () => {
    const { proposed_schema: fields, contract_hash: hash, contract_id: id } = examples.contract.names;
    expect(contractHash(fields)).toBe(hash);
    expect(id).toBe(`ctr_${hash.slice(0, 12)}`);
  });

  it('has examples of requests that are answered as they are', async () => {
    for (const [name, { requestBody }] of operations) {
      const [method, path] = name.split(' ') as [string, string];
      for (const { value } of Object.values(requestBody?.content['application/json']?.examples ?? {})) {
        const answer = await server.client.send(method, path, value as object);
        expect([name, answer.status, answer.status === 200 ? '' : answer.text]).toEqual([name, 200, '']);
      }
    }
  });

  it('tells of former names of keys that they are', () => {
    const { schemas } = (document as unknown as { components: { schemas: Record<string, Schema> } }).components;
    const deprecated = ({ properties }: Schema): string[] =>
      Object.keys(properties).filter((key) => properties[key]?.deprecated === true);
    expect(deprecated(schemas['GenerateRequest'] as Schema)).toEqual([
      'schema',
      'recordCount',
      'num_rows',
      'exportFormat',
    ]);
    expect(deprecated(schemas['GenerateAiRequest'] as Schema)).toEqual(['recordCount', 'num_rows', 'exportFormat']);
  });
});

interface Schema {
  readonly properties: Readonly<Record<string, { readonly deprecated?: boolean }>>;
}
