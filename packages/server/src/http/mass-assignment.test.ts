import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../store/open-store.ts';
import type { ErrorBody } from '../testing/client.ts';
import { cells, listedRoutes } from '../testing/matrix/expectations.ts';
import { requestOf } from '../testing/matrix/requests.ts';
import { World } from '../testing/matrix/world.ts';
import { startOn, type TestServer } from '../testing/servers.ts';
import { contentOf } from '../testing/shape-of.ts';

type Schema = { readonly [key: string]: unknown };
interface Operation {
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}
interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** Messages of JSON-RPC are no bodies of columns: what they call asks routes of these. */
const WRITES = listedRoutes().filter((route) => /^(POST|PATCH|PUT) (?!\/mcp)/.test(route));
/** As many names as an answer tells of. */
const AT_ONCE = 90;
/** What shows that somebody came, and nothing else. */
const NOTES = /"last_used_at":("[^"]*"|null)/g;

describe('a body with names of columns and of what answers show', () => {
  let server: TestServer;
  let store: Store;
  let world: World;
  let tables: readonly string[];
  let documents: readonly OpenApi[];
  let names: readonly string[];
  beforeAll(async () => {
    server = await startOn('external');
    store = await server.openDatabase();
    world = await World.make(server);
    const get = async (path: string) => (await server.client.get<OpenApi>(path)).body;
    documents = [await get('/openapi.json'), await get('/api/v1/openapi.json')];
    const { rows } = await sql<{ table: string; column: string }>`
      SELECT table_name AS table, column_name AS column FROM information_schema.columns
       WHERE table_schema = 'public' AND table_name NOT LIKE 'kysely%'`.execute(store);
    const passing = ['audit_entry', 'sign_in_attempt', 'request_claim', 'worker'];
    // Contracts are made of what columns are called, by whoever asks.
    tables = [...new Set(rows.map(({ table }) => table))].filter(
      (table) => !passing.includes(table) && !/^datagen_|bucket$/.test(table),
    );
    const columns = rows.map(({ column }) => column);
    const camel = columns.map((column) => column.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()));
    names = [
      ...new Set([...columns, ...camel, ...documents.flatMap(propertiesOf), 'constructor', 'owner_id', 'isAdmin']),
    ];
  });
  afterAll(async () => {
    await world?.close();
    await store?.destroy();
    await server?.close();
  });

  /** Keys that a route takes in its body, at the top. */
  const takenBy = (method: string, path: string): ReadonlySet<string> => {
    const written = path.replaceAll(/:(\w+)/g, '{$1}').replace('*', '{name}');
    const schemas = documents.flatMap(({ paths }) =>
      Object.values(paths[written]?.[method.toLowerCase()]?.requestBody?.content ?? {}).map(({ schema }) => schema),
    );
    return new Set(documents.flatMap((document) => schemas.flatMap((schema) => topOf(schema, document))));
  };
  const stored = async (): Promise<string> =>
    JSON.stringify(await contentOf(store, tables))
      .replaceAll('\\"', '"')
      .replaceAll(NOTES, '');

  it('has many to try', () => {
    expect(WRITES.length).toBeGreaterThan(35);
    for (const name of ['workspace_id', 'workspaceId', 'role', 'plan', 'created_at', 'createdAt', 'sealed', 'hash']) {
      expect(names).toContain(name);
    }
  });

  it.each(WRITES)('is refused by %s, and changes nothing', async (route) => {
    const [method = '', path = ''] = route.split(' ');
    const cell = cells().find((one) => one.route === route && one.credential === 'owner' && one.target === 'own');
    const taken = takenBy(method, path);
    const tried = names.filter((name) => !taken.has(name));
    expect(tried.length).toBeGreaterThan(names.length - 40);
    const chunks = Array.from({ length: Math.ceil(tried.length / AT_ONCE) }, (_, index) =>
      tried.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
    );
    for (const forged of [...chunks, ['__proto__']]) {
      const id = cell?.kind === undefined ? '' : await world.make(cell.kind, 'own');
      const { path: url, body, headers } = await requestOf(route, cell?.kind, id, world, 'own');
      await world.forgetAttempts();
      const before = await stored();
      const extra = forged.map((name) => `${JSON.stringify(name)}:"forged"`).join(',');
      const text =
        typeof body === 'string'
          ? withParts(body, forged)
          : `${JSON.stringify(body ?? {}).slice(0, -1)}${Object.keys(body ?? {}).length > 0 ? ',' : ''}${extra}}`;
      const type = typeof body === 'string' ? {} : { 'content-type': 'application/json' };
      const sent = { ...(await world.headersOf('owner')), ...type, ...headers };
      const client = server.client.as(undefined);
      const answer = await client.send<ErrorBody>(method, url, text, sent);
      expect(await stored()).toBe(before);
      if (path === '/workspace/restore') await world.turnWorkspaces('back');
      // The DataGen door passes over keys that it does not know.
      if (path.startsWith('/api/v1/')) continue;
      expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 422 });
      // Of the parts of an upload it is told that one is too many.
      const told = typeof body === 'string' ? [] : forged;
      expect(told.filter((name) => !answer.text.includes(name))).toEqual([]);
      if (forged.length > 1) continue;
      // Whoever asks for errors as RFC 9457 has them is told no less.
      const { code, message, details } = answer.body.error;
      const problem = await client.send(method, url, text, { ...sent, accept: 'application/problem+json' });
      expect(details.diagnostics).not.toHaveLength(0);
      expect(JSON.parse(problem.text)).toMatchObject({ code, status: 422, detail: message, ...details });
    }
  });
});

/** A multipart body with more parts in it. */
const withParts = (body: string, names: readonly string[]): string =>
  names.map((name) => `--edge\r\nContent-Disposition: form-data; name="${name}"\r\n\r\nforged\r\n`).join('') + body;

/** The names of all properties of a document, wherever they are. */
function propertiesOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { properties } = value as { properties?: unknown };
  const own = typeof properties === 'object' && properties !== null ? Object.keys(properties) : [];
  return [...own, ...Object.values(value).flatMap(propertiesOf)];
}

/** The properties of a schema itself, through references and alternatives. */
function topOf(schema: Schema, document: OpenApi): string[] {
  const {
    $ref,
    properties,
    anyOf = [],
    oneOf = [],
    allOf = [],
  } = schema as {
    $ref?: string;
    properties?: object;
    anyOf?: Schema[];
    oneOf?: Schema[];
    allOf?: Schema[];
  };
  const meant = $ref
    ?.split('/')
    .slice(1)
    .reduce<unknown>((at, step) => (at as Schema | undefined)?.[step], document);
  const parts = [...anyOf, ...oneOf, ...allOf, ...(meant === undefined ? [] : [meant as Schema])];
  return [...Object.keys(properties ?? {}), ...parts.flatMap((part) => topOf(part, document))];
}
