import { readFileSync, writeFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listedRoutes } from '../../testing/matrix/expectations.ts';
import { startOn, type TestServer } from '../../testing/servers.ts';

const CONTRACT = new URL('../../../../../contracts/openapi.json', import.meta.url);

interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly responses: Readonly<Record<string, unknown>>;
}
interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
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
  });
  afterAll(() => server?.close());

  it('is OpenAPI 3.1', async () => {
    expect(document.openapi).toBe('3.1.0');
    expect(await new Validator().validate(JSON.parse(text))).toMatchObject({ valid: true });
  });

  it('is the one that is checked in', () => {
    const shown = `${JSON.stringify(document, null, 2)}\n`;
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

  it('leaves out no route but those of the documents, the other door and what only operators ask', () => {
    const described = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    );
    // The tenant matrix holds the list equal to the table of routes.
    const own = listedRoutes().filter((route) => !/ \/($|docs|openapi\.json|api\/v1|metrics)/.test(route));
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
