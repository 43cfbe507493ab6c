import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../testing/client.ts';
import { keyedRoutes } from '../testing/matrix/keyed-routes.ts';
import { requestOf } from '../testing/matrix/requests.ts';
import { World } from '../testing/matrix/world.ts';
import { registerWorker } from '../testing/register-worker.ts';
import { startOn, type TestServer } from '../testing/servers.ts';

const ROUTES = keyedRoutes();
/** What is measured anew each time. */
const MEASURED = /"(seconds|duration_ms|readAt|at)":("[^"]*"|[\d.]+)/g;

describe('a request that is sent again under its Idempotency-Key', () => {
  let server: TestServer;
  let world: World;
  beforeAll(async () => {
    server = await startOn('external', { runs: { workers: 0, scenarioWorkers: 0 } });
    await registerWorker(server);
    world = await World.make(server);
  });
  afterAll(async () => {
    await world?.close();
    await server?.close();
  });

  it('is tried for all routes that may be', () => {
    expect(ROUTES.length).toBeGreaterThan(50);
  });

  it.each(ROUTES.map(({ route }) => route))('is done once, and answered alike: %s', async (route) => {
    const { kind, credential } = ROUTES.find((cell) => cell.route === route) as (typeof ROUTES)[number];
    const id = kind === undefined ? '' : await world.make(kind, 'own');
    const { method, path, body, headers } = await requestOf(route, kind, id, world, 'own');
    await world.forgetAttempts();
    const all = { ...(await world.headersOf(credential)), ...headers, 'idempotency-key': `again ${route}` };
    const send = (): Promise<Answer<unknown>> => server.client.as(undefined).send(method, path, body, all);
    const [first, second] = [await send(), await send()];
    expect(second.status).toBe(first.status);
    // A system that is not there has nothing done to it.
    if (first.status >= 400) return expect(first.status).toBe(502);
    const shown = ({ text }: Answer<unknown>): string =>
      text.replaceAll(MEASURED, '').replaceAll(': heartbeat\n\n', '');
    expect(shown(second)).toBe(shown(first));
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    for (const name of ['location', 'etag', 'content-type', 'content-disposition', 'x-datamaker-seed']) {
      expect([name, second.headers.get(name)]).toEqual([name, first.headers.get(name)]);
    }
    const actsOf = async ({ headers }: Answer<unknown>) => world.actsOf(headers.get('request-id') ?? '');
    const isExport = ({ action }: { readonly action: string }): boolean => /^(export\.|rows\.masked)/.test(action);
    expect((await actsOf(second)).filter((act) => !isExport(act))).toEqual([]);
    const isMadeAnew = (await actsOf(second)).length > 0;
    if (!isMadeAnew) expect([route, second.headers.get('idempotent-replayed')]).toEqual([route, 'true']);
    return undefined;
  });
});
