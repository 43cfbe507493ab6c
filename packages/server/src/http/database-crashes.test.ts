import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../../../connectors/src/testing/start-postgres.ts';
import { startServer } from '../start-server.ts';
import { connect } from '../store/open-store.ts';
import { type Answer, Client, type ErrorBody } from '../testing/client.ts';
import { startExternalPostgres } from '../testing/external-postgres.ts';
import { quietly, removeFolder, temporaryFolder } from '../testing/servers.ts';
import { tries } from '../testing/tries.ts';
import { until } from '../testing/until.ts';

const ROWS = 60_000;
const CLIENTS = 4;
/** In which 95 of a hundred answers are right again. */
const BACK_MS = 10_000;
const FIELDS = [
  { name: 'id', type: 'sequence' },
  { name: 'full_name', type: 'full_name' },
];

interface Run {
  readonly state: string;
  readonly progress: { readonly rows: number };
}

/** An answer that is right, or says that the server cannot right now. */
function isRight({ status, body, text }: Answer<unknown>): boolean {
  if (status < 300) return true;
  const code = (body as ErrorBody | null)?.error.code;
  const expected = status === 409 ? 'request_in_progress' : 'unavailable';
  expect({ status, code, text }).toMatchObject({ code: expected });
  return false;
}

it(
  'a database that crashes under load costs no answer that was given, and what is done goes on',
  async () => {
    const dataDirectory = temporaryFolder();
    const own = await startExternalPostgres();
    const target: PostgresServer = await startPostgres();
    const databaseUrl = await own.createStore();
    const store = connect({ url: databaseUrl }, () => undefined);
    const server = await startServer(quietly({ dataDirectory, databaseUrl, privateTargets: ['127.0.0.1'] }));
    const client = new Client(server.url, server.newKey);
    try {
      await target.query('CREATE TABLE made (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, full_name text)');
      const url = `postgres://test:${encodeURIComponent(target.password)}@127.0.0.1:${target.port}/postgres`;
      const connection = (await client.post('/connections', { name: 'target', type: 'postgres', url })).body.id;
      const template = await client.create(FIELDS);
      const right = await client.post(`/templates/${template}/generate`, { count: 5, seed: 's' });
      const push = async (): Promise<string> => {
        await target.query('TRUNCATE made');
        const mapping = { id: null, full_name: 'full_name' };
        const body = { template_id: template, count: ROWS, table: 'made', schema: 'public', mapping };
        return (await client.post<{ run_id: string }>(`/connections/${connection}/push`, body)).body.run_id;
      };

      let isOver = false;
      let good = 0;
      const promised: string[] = [];
      const load = Array.from({ length: CLIENTS }, async (_, i) => {
        while (!isOver) {
          if (i % 2 === 0) {
            const answer = await client.post(`/templates/${template}/generate`, { count: 5, seed: 's' });
            if (!isRight(answer)) continue;
            expect(answer.text).toBe(right.text);
          } else {
            const headers = { 'idempotency-key': randomUUID() };
            await until(async () => {
              const answer = await client.post('/templates', { name: 'one', fields: FIELDS }, headers);
              if (!isRight(answer)) return false;
              promised.push(answer.body.id);
              return true;
            });
          }
          good++;
        }
      });
      for (let round = 0; round < tries(1, 50); round++) {
        const run = await push();
        const look = async (): Promise<Run | undefined> => {
          const answer = await client.get<Run>(`/runs/${run}`);
          return isRight(answer) ? answer.body : undefined;
        };
        await until(async () => ((await look())?.progress.rows ?? 0) > 5000);
        await own.crash();
        const start = performance.now();
        const before = good;
        await until(() => good - before >= 20 || performance.now() - start > BACK_MS);
        expect(good - before).toBeGreaterThanOrEqual(20);
        // Whoever could not even give it back has lost it when its time is over.
        await sql`UPDATE run SET lease_until = now() WHERE state = 'running'`.execute(store);
        await sql`UPDATE datamaker_queue.job SET heartbeat_on = heartbeat_on - interval '1 minute'`.execute(store);
        await until(async () => ['done', 'failed', 'cancelled'].includes((await look())?.state ?? ''));
        expect(await look()).toMatchObject({ state: 'done', result: { written: ROWS, check: { ok: true } } });
        expect(Number((await target.query('SELECT count(*) FROM made'))[0]?.['count'])).toBe(ROWS);
      }
      isOver = true;
      await Promise.all(load);
      const kept = await store.selectFrom('template').select('id').execute();
      expect(kept.map(({ id }) => id).toSorted()).toEqual([template, ...promised].toSorted());
    } finally {
      await server.close();
      await store.destroy();
      await Promise.all([own.stop(), target.stop()]);
      removeFolder(dataDirectory);
    }
  },
  tries(240_000, 3_600_000),
);
