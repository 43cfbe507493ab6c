import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { connect as open } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../../../connectors/src/testing/start-postgres.ts';
import { type RunningServer, startServer } from '../start-server.ts';
import { connect } from '../store/open-store.ts';
import { type ExternalPostgres, startExternalPostgres } from '../testing/external-postgres.ts';
import { cells } from '../testing/matrix/expectations.ts';
import { MARKED_TABLE } from '../testing/matrix/make-connection.ts';
import { requestOf } from '../testing/matrix/requests.ts';
import { World } from '../testing/matrix/world.ts';
import { registerWorker } from '../testing/register-worker.ts';
import { routesOfApp } from '../testing/routes-of-app.ts';
import { quietly, removeFolder, temporaryFolder } from '../testing/servers.ts';
import { type SpawnedServer, spawnServer } from '../testing/spawn-server.ts';
import { until } from '../testing/until.ts';

type Values = Readonly<Record<string, string>>;

/** What is wrong with a request, whichever route it is for. */
const WRONGS: Readonly<Record<string, { headers?: Values; body?: string; method?: string }>> = {
  'nobody asks': { headers: { authorization: '' } },
  'a broken body': { headers: { 'content-type': 'application/json' }, body: '{"' },
  'a body of another type': { headers: { 'content-type': 'text/plain' }, body: 'x' },
  'a body that is too large': { headers: { 'content-type': 'application/json', 'content-length': '999999999' } },
  'errors as problems': { headers: { accept: 'application/problem+json' }, body: '[]' },
  'another method': { method: 'PROPFIND' },
  'headers that are too large': { headers: { 'x-large': 'x'.repeat(100_000) } },
  'two keys': { headers: { 'x-api-key': 'another' } },
};

/** What is not as HTTP has it. */
const BYTES: Readonly<Record<string, string>> = {
  'no HTTP': 'NONSENSE\r\n\r\n',
  'an unknown method': 'NONSENSE / HTTP/1.1\r\nHost: x\r\n\r\n',
  'an unknown version': 'GET / HTTP/9.9\r\nHost: x\r\n\r\n',
  'no host': 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n',
  'an expectation that nobody meets': 'GET / HTTP/1.1\r\nHost: x\r\nExpect: miracles\r\nConnection: close\r\n\r\n',
  'a header with a control character': 'GET / HTTP/1.1\r\nHost: x\r\nX-A: a\u0001b\r\n\r\n',
  'a length that is none': 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n',
  'two lengths': 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  'a chunk of no size': 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n',
  'a broken escape': 'GET /templates/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
  'a broken escape at the other door': 'GET /api/v1/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
  'a path that is too long': `GET /templates/${'x'.repeat(3000)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
  'headers that never end': `GET / HTTP/1.1\r\nHost: x\r\nX-A: ${'x'.repeat(100_000)}`,
};

describe('every answer has an id of its own, which finds one line in the log', () => {
  const dataDirectory = temporaryFolder();
  let postgres: ExternalPostgres;
  let first: RunningServer;
  let server: SpawnedServer;
  let world: World;
  let system: PostgresServer;
  let routes: readonly { readonly method: string; readonly path: string }[];
  let log = '';
  const seen = new Map<string, string>();
  let isStopped = false;
  beforeAll(async () => {
    postgres = await startExternalPostgres();
    const databaseUrl = await postgres.createStore();
    first = await startServer(quietly({ dataDirectory, databaseUrl }));
    system = await startPostgres();
    await system.query(`CREATE TABLE ${MARKED_TABLE} (mark text)`);
    const { port, user, password } = system;
    const rest = ['info', '', '', `127.0.0.1:${port}`];
    server = await spawnServer('server-process.ts', dataDirectory, databaseUrl, ...rest);
    server.child.stdout?.on('data', (chunk) => {
      log += String(chunk);
    });
    world = await World.make(
      { dataDirectory, openDatabase: async () => connect({ url: databaseUrl }, () => undefined) },
      { url: `postgres://127.0.0.1:${port}/postgres`, user, password },
    );
    await registerWorker({ openDatabase: async () => connect({ url: databaseUrl }, () => undefined) });
    routes = await routesOfApp();
  });
  afterAll(async () => {
    server?.child.kill('SIGKILL');
    await world?.close();
    await first?.close();
    if (!isStopped) await postgres?.stop();
    await system?.stop();
    removeFolder(dataDirectory);
  });

  const note = (id: string | undefined, what: string): void => {
    expect({ what, id }).toEqual({ what, id: expect.stringMatching(/^req_[0-9a-f-]{36}$/) });
    expect(seen.get(id ?? '')).toBeUndefined();
    seen.set(id ?? '', what);
  };
  /** @returns the status of the answer */
  const ask = async (method: string, path: string, headers: Values, body?: string): Promise<number> => {
    const asked = request(server.url + path, { method, headers, agent: false });
    asked.on('error', () => undefined);
    // Node frames no body of a DELETE by itself.
    if (method === 'DELETE' && body !== undefined) asked.setHeader('content-length', Buffer.byteLength(body));
    if (headers['content-length'] === undefined) asked.end(body);
    else asked.flushHeaders();
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    note(answer.headers['request-id'] as string | undefined, `${method} ${path}: ${answer.statusCode}`);
    answer.on('error', () => undefined).resume();
    if (headers['content-length'] !== undefined) asked.destroy();
    return answer.statusCode ?? 0;
  };
  const pathOf = (path: string): string => path.replace(/:\w+/g, 'absent').replace('*', 'absent');
  const owner = () => ({ authorization: `Bearer ${first.newKey}` });
  const onePerRequest = async (): Promise<void> => {
    const idsOf = (): string[] =>
      log
        .split('\n')
        .slice(0, -1)
        .map((line) => (JSON.parse(line) as { reqId?: string }).reqId ?? '');
    await until(() => idsOf().filter((id) => seen.has(id)).length >= seen.size);
    const lines = Map.groupBy(idsOf(), (id) => id);
    for (const [id, what] of seen) expect([what, lines.get(id)?.length]).toEqual([what, 1]);
  };

  it('when all is well', async () => {
    const statuses = new Set<number>();
    for (const { route, kind, status } of cells().filter(
      ({ credential, target }) => credential === 'owner' && target === 'own',
    )) {
      await world.forgetAttempts();
      const id = kind === undefined ? '' : await world.make(kind, 'own');
      const { method, path, body, headers } = await requestOf(route, kind, id, world, 'own');
      const own = await world.headersOf('owner');
      const type: Values = body === undefined ? {} : { 'content-type': 'application/json' };
      const text = typeof body === 'object' ? JSON.stringify(body) : body;
      const answered = await ask(method, path, { ...type, ...own, ...headers }, text);
      // Clients follow redirects to what is expected.
      if (answered !== 302) expect([route, answered]).toEqual([route, status]);
      statuses.add(status);
      if (/ \/workspace(\/restore)?$/.test(route)) await world.turnWorkspaces('back');
    }
    for (const status of [200, 201, 204]) expect(statuses).toContain(status);
    await onePerRequest();
  });

  it.each(Object.keys(WRONGS))('when there is %s', async (what) => {
    const { headers = {}, body, method } = WRONGS[what] ?? {};
    const statuses = new Set<number>();
    for (const route of routes) {
      const all = Object.entries({ ...owner(), ...headers }).filter(([, value]) => value !== '');
      const path = `${pathOf(route.path)}?unknown=1`;
      statuses.add(await ask(method ?? route.method, path, Object.fromEntries(all), body));
    }
    for (const status of statuses) expect([...statuses, status < 500]).toContain(true);
    await onePerRequest();
  });

  it.each(Object.keys(BYTES))('when there is %s', async (what) => {
    const { hostname, port } = new URL(server.url);
    const socket = open(Number(port), hostname);
    socket.write(BYTES[what] ?? '');
    let text = '';
    for await (const chunk of socket) text += String(chunk);
    expect(text).toMatch(what.startsWith('an expectation') ? /^HTTP\/1\.1 200 / : /^HTTP\/1\.1 4\d\d /);
    note(/^Request-Id: (.*)\r$/im.exec(text)?.[1], what);
    await onePerRequest();
  });

  it('when the database is gone', async () => {
    isStopped = true;
    await postgres.stop();
    const statuses = new Map<number, number>();
    for (const { method, path } of routes) {
      const status = await ask(method, pathOf(path), owner());
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    expect(statuses.get(500)).toBeUndefined();
    expect(statuses.get(503)).toBeGreaterThan(50);
    await onePerRequest();
  });
});
