import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { ContractTable } from '../../testing/contract/subject.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;
interface Router extends Handler {
  readonly db: { readonly _: { id: string }; getState(): { readonly rows: unknown[] } };
}
interface JsonServer {
  create(): Handler & { set(name: string, value: string): void; use(path: string, router: Handler): void };
  router(state: { rows: unknown[] }): Router;
}

export interface RunningJsonServer {
  readonly port: number;
  createTable(table: ContractTable): void;
  count(name: string): number;
  fill(name: string, rows: readonly unknown[]): void;
  stop(): Promise<void>;
}

const FORMATS: Readonly<Record<string, object>> = {
  integer: { type: 'integer' },
  float: { type: 'number' },
  boolean: { type: 'boolean' },
  date: { type: 'string', format: 'date' },
  datetime_zoned: { type: 'string', format: 'date-time' },
  uuid: { type: 'string', format: 'uuid' },
  json: {},
};

/**
 * json-server, one of it for each table, since it knows one name of keys for all that it serves; in front of it a password, and an
 * OpenAPI document of the tables, neither of which it has.
 */
export async function startJsonServer(username: string, password: string): Promise<RunningJsonServer> {
  const jsonServer = createRequire(import.meta.url)('json-server') as JsonServer;
  const tables = new Map<string, { readonly table: ContractTable; readonly router: Router; readonly app: Handler }>();
  const wanted = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const server = createServer((request, response) => {
    const answer = (status: number, body: unknown): void =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (request.headers.authorization !== wanted) return answer(401, {});
    const [, path = '', query = ''] = /^([^?]*)(.*)$/.exec(request.url ?? '') ?? [];
    const [, name = '', ...rest] = path.split('/');
    if (name === '') return answer(200, {});
    if (name === 'openapi.json') return answer(200, documentOf([...tables.values()].map(({ table }) => table)));
    const isEncoded = /^([^%]|%[\da-f]{2})*$/i.test(name);
    const found = isEncoded ? tables.get(decodeURIComponent(name)) : undefined;
    if (found === undefined) return answer(404, {});
    request.url = `/${['rows', ...rest].join('/')}${query}`;
    found.app(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as { port: number }).port,
    createTable: (table) => {
      const router = jsonServer.router({ rows: [] });
      router.db._.id = table.primaryKey?.[0] ?? 'id';
      const app = jsonServer.create();
      // Otherwise it prints what it refuses.
      app.set('env', 'test');
      app.use('/', router);
      tables.set(table.name, { table, router, app });
    },
    fill: (name, rows) =>
      void tables
        .get(name)
        ?.router.db.getState()
        .rows.push(...rows),
    count: (name) => tables.get(name)?.router.db.getState().rows.length ?? 0,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function documentOf(tables: readonly ContractTable[]): object {
  const paths = tables.map(({ name, columns }) => {
    const properties = Object.fromEntries(
      columns.map((column) => [column.name, FORMATS[column.kind] ?? { type: 'string', maxLength: column.maxLength }]),
    );
    const schema = { type: 'object', properties };
    const body = { content: { 'application/json': { schema } } };
    return [`/${name}`, { post: { requestBody: body, responses: { 201: { description: 'It is made.' } } } }];
  });
  return { openapi: '3.1.0', info: { title: 'tables', version: '1' }, paths: Object.fromEntries(paths) };
}
