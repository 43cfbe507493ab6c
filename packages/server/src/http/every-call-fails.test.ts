import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FaultProxy, startFaultProxy } from '../../../connectors/src/testing/fault-proxy.ts';
import { type PostgresServer, startPostgres } from '../../../connectors/src/testing/start-postgres.ts';
import { startServer } from '../start-server.ts';
import { connect, type Store } from '../store/open-store.ts';
import { type Answer, Client, type ErrorBody } from '../testing/client.ts';
import { type ExternalPostgres, startExternalPostgres } from '../testing/external-postgres.ts';
import { quietly, removeFolder, temporaryFolder } from '../testing/servers.ts';
import { tries } from '../testing/tries.ts';
import { until } from '../testing/until.ts';

const ROWS = 6000;
const FIELDS = [
  { name: 'id', type: 'sequence' },
  { name: 'full_name', type: 'full_name' },
];
/** How a call of the database fails: it never comes there; it is done, and its answer is lost. */
const FAULTS = ['cut', 'pass_then_cut'] as const;
/** No flow asks so often; one that does has lost its way. */
const MOST = 600;
/** Of how many calls one fails; FULL=1: each. */
const stepOf = (flow: string): number => tries(flow === 'push' ? 27 : 9, 1);
const OVER = ['done', 'failed', 'cancelled'];

interface Run {
  readonly id: string;
  readonly state: string;
  readonly error: { readonly code: string } | null;
}

describe('when a call of the database fails, whichever it is', () => {
  const dataDirectory = temporaryFolder();
  let own: ExternalPostgres;
  let store: Store;
  let target: PostgresServer;
  let proxy: FaultProxy;
  let server: Awaited<ReturnType<typeof startServer>>;
  let client: Client;
  let connection: string;
  let template: string;
  beforeAll(async () => {
    [own, target] = await Promise.all([startExternalPostgres(), startPostgres()]);
    const url = new URL(await own.createStore());
    store = connect({ url: url.href }, () => undefined);
    proxy = await startFaultProxy({ path: `${url.searchParams.get('host')}/.s.PGSQL.5432` });
    const databaseUrl = `postgresql://${url.username}@127.0.0.1:${proxy.port}${url.pathname}`;
    server = await startServer(quietly({ dataDirectory, databaseUrl, privateTargets: ['127.0.0.1'] }));
    client = new Client(server.url, server.newKey);
    await target.query('CREATE TABLE made (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, full_name text)');
    const to = `postgres://test:${encodeURIComponent(target.password)}@127.0.0.1:${target.port}/postgres`;
    connection = (await client.post('/connections', { name: 'target', type: 'postgres', url: to })).body.id;
    template = await client.create(FIELDS);
  });
  afterAll(async () => {
    await server?.close();
    await proxy?.stop();
    await store?.destroy();
    await Promise.all([own?.stop(), target?.stop()]);
    removeFolder(dataDirectory);
  });

  /** As if the time of leases and heartbeats had passed, by the clock of the database. */
  const letTimePass = async (): Promise<void> => {
    await sql`UPDATE run SET lease_until = now() WHERE state = 'running'`.execute(store);
    await sql`UPDATE datamaker_queue.job SET heartbeat_on = heartbeat_on - interval '1 minute'`.execute(store);
  };
  /** An answer that is right, or says that the server cannot right now. */
  const clean = ({ status, body, text }: Answer<unknown>): boolean => {
    if (status < 300) return true;
    const code = (body as ErrorBody | null)?.error.code;
    expect({ status, code, text }).toMatchObject(
      status === 409 ? { code: 'request_in_progress' } : { status: 503, code: 'unavailable' },
    );
    return false;
  };
  /** Asks under one key until there is an answer. */
  const insist = async <T>(ask: (headers: Readonly<Record<string, string>>) => Promise<Answer<T>>): Promise<T> => {
    const headers = { 'idempotency-key': randomUUID() };
    let body: T | undefined;
    await until(async () => {
      const answer = await ask(headers);
      if (clean(answer)) body = answer.body;
      return body !== undefined;
    });
    return body as T;
  };
  const over = async (id: string): Promise<Run> => {
    let run: Run | undefined;
    const start = performance.now();
    let passed = 0;
    await until(async () => {
      const answer = await client.get<Run>(`/runs/${id}`);
      if (clean(answer)) run = answer.body;
      // Whoever could not even give it back has lost it when its time is over.
      if (performance.now() - start > 4000 * (passed + 1) && passed++ < 3) await letTimePass();
      return run !== undefined && OVER.includes(run.state);
    });
    return run as Run;
  };
  const countIn = async (table: 'template' | 'api_key' | 'run'): Promise<number> =>
    Number((await sql<{ n: string }>`SELECT count(*) AS n FROM ${sql.table(table)}`.execute(store)).rows[0]?.n);

  /** What is done, and what is true of it afterwards. */
  const flows: Readonly<Record<string, () => Promise<void>>> = {
    'create a template': async () => {
      const before = await countIn('template');
      const { id } = await insist((headers) => client.post('/templates', { name: 'one', fields: FIELDS }, headers));
      expect(await countIn('template')).toBe(before + 1);
      expect(await store.selectFrom('template').select('id').where('id', '=', id).execute()).toHaveLength(1);
    },
    generate: async () => {
      const body = { count: 20, seed: 's' };
      const rows = await insist(() => client.post<unknown[]>(`/templates/${template}/generate`, body));
      expect(rows).toHaveLength(20);
    },
    push: async () => {
      await target.query('TRUNCATE made');
      const before = await countIn('run');
      const body = {
        template_id: template,
        count: ROWS,
        table: 'made',
        schema: 'public',
        mapping: { id: null, full_name: 'full_name' },
      };
      const { run_id: id } = await insist((headers) =>
        client.post<{ run_id: string }>(`/connections/${connection}/push`, body, headers),
      );
      expect(await over(id)).toMatchObject({ state: 'done', result: { written: ROWS, check: { ok: true } } });
      expect(await countIn('run')).toBe(before + 1);
      expect(Number((await target.query('SELECT count(*) FROM made'))[0]?.['count'])).toBe(ROWS);
    },
    run: async () => {
      const before = await countIn('run');
      const { run_id: id } = await insist((headers) =>
        client.post<{ run_id: string }>(`/templates/${template}/generate`, { count: 500, async: true }, headers),
      );
      expect(await over(id)).toMatchObject({ state: 'done' });
      expect(await countIn('run')).toBe(before + 1);
    },
    'upload a file': async () => {
      const content = `a,b\n1,${randomUUID()}\n`;
      await insist((headers) => client.upload<object>('some.csv', content, headers));
      let text = '';
      await until(async () => {
        const answer = await client.get('/workspace/files/some.csv');
        if (clean(answer)) ({ text } = answer);
        return text !== '';
      });
      expect(text).toBe(content);
    },
    'rotate a key': async () => {
      const { id } = await insist((headers) => client.post<{ id: string }>('/keys', { name: 'key' }, headers));
      const before = await countIn('api_key');
      const { key } = await insist((headers) => client.post<{ key: string }>(`/keys/${id}/rotate`, {}, headers));
      expect(await countIn('api_key')).toBe(before + 1);
      await until(async () => clean(await client.as(key).get('/templates')));
    },
  };

  describe.each(FAULTS)('(%s)', (fault) => {
    it.each(Object.keys(flows))(
      '%s: ends in an error that says so or does it, once',
      async (name) => {
        const flow = flows[name] as () => Promise<void>;
        const step = stepOf(name);
        let nth = fault === 'cut' ? 1 : 2;
        for (let hasStruck = true; hasStruck && nth < MOST; nth += step) {
          let calls = 0;
          hasStruck = false;
          proxy.onClient = () => {
            if (++calls !== nth) return 'pass';
            hasStruck = true;
            return fault;
          };
          await flow();
          proxy.onClient = () => 'pass';
        }
        expect(nth).toBeLessThan(MOST);
        expect(nth).toBeGreaterThan(step + 1);
      },
      tries(240_000, 3_600_000),
    );
  });
});
