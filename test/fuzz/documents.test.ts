import { afterAll, beforeAll, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../../packages/connectors/src/testing/start-postgres.ts';
import { SHOP } from '../../packages/seeding/src/testing/shop.ts';
import { PLANS, type Plan } from '../../packages/server/src/services/limits/plans.ts';
import { mintKey } from '../../packages/server/src/testing/datagen-client.ts';
import { startOn, type TestServer } from '../../packages/server/src/testing/servers.ts';
import { fuzz } from './schemathesis.ts';

const full = process.env['FULL'] === '1';
/** Requests of a document in all. */
const WANTED = full ? 20_000 : 1000;
/** Coverage alone sends some thousand requests to one of many keys. */
const PHASES = full ? ['examples', 'coverage', 'fuzzing', 'stateful'] : ['examples', 'fuzzing'];
const FULL_TIME = 3_600_000;

let server: TestServer;
/** A request may put the workspace on any plan; those that follow are to be answered all the same, and not with 429. */
const plans = Object.fromEntries(
  Object.entries<Plan>(PLANS).map(([name, plan]) => [
    name,
    { ...plan, requestsPerMinute: null, previewsPerMinute: null },
  ]),
);

/** What connections lead to. */
let target: PostgresServer;
let free: string;
beforeAll(async () => {
  target = await startPostgres();
  await target.query(SHOP);
  server = await startOn('external', { privateTargets: ['127.0.0.1'], plans });
  free = await mintKey(server.client);
  await server.client.post('/connections', { name: 'shop', type: 'postgres', url: urlOf(target) });
  const fields = [
    { name: 'email', type: 'email' },
    { name: 'full_name', type: 'fullName' },
  ];
  await server.client.post('/templates', { name: 'customer', fields });
}, 60_000);
afterAll(async () => {
  await server?.close();
  await target?.stop();
});

const urlOf = ({ password, port }: PostgresServer): string =>
  `postgres://test:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`;

const callers = {
  'an owner who is told of errors in sentences': () => ({ 'X-API-Key': server.key }),
  'an owner who is told of errors in structures': () => ({
    'X-API-Key': server.key,
    Accept: 'application/json, application/vnd.agentic+json',
  }),
  'the holder of a free key': () => ({ 'X-API-Key': free }),
  nobody: () => ({}),
} as const;
type Caller = keyof typeof callers;

const DOCUMENTS: readonly (readonly [path: string, callers: readonly Caller[]])[] = [
  ['/api/v1/openapi.json', Object.keys(callers) as Caller[]],
  ['/openapi.json', ['an owner who is told of errors in sentences', 'nobody']],
];

it.each(DOCUMENTS)(
  '%s holds for requests drawn from it',
  async (path, asking) => {
    const document = server.client.url + path;
    const { paths } = (await (await fetch(document)).json()) as { paths: Record<string, object> };
    const operations = Object.values(paths).flatMap((methods) => Object.keys(methods)).length;
    let requests = 0;
    // A sample is the same each time; a full run has the seed of the run, which is printed.
    for (let round = 0; requests < WANTED; round++) {
      for (const caller of full ? asking : asking.slice(0, 1 + round)) {
        const fuzzed = await fuzz({
          document,
          headers: callers[caller](),
          phases: PHASES,
          // Few processes: to start one costs some hundred requests. What takes nothing is asked once only.
          perOperation: full ? 100 : 5 + Math.ceil(WANTED / operations),
          target: urlOf(target),
          seed: full ? Number(process.env['FAST_CHECK_SEED']) + round : round + 1,
        });
        expect(fuzzed.findings, `as ${caller}`).toBe('');
        requests += fuzzed.requests;
        // A run that took its own key away is refused ever after, and finds nothing.
        expect((await server.client.get('/people/me')).status).toBe(200);
        if (!full && requests >= WANTED) break;
      }
    }
    console.log(`${path}: ${requests} requests`);
  },
  full ? FULL_TIME : 600_000,
);
