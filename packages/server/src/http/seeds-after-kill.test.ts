import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../../../connectors/src/testing/start-postgres.ts';
import { checksums, remake } from '../../../seeding/src/testing/open-postgres.ts';
import { SHOP } from '../../../seeding/src/testing/shop.ts';
import { Client } from '../testing/client.ts';
import { killableServers } from '../testing/killable-servers.ts';
import type { SpawnedServer } from '../testing/spawn-server.ts';
import { until } from '../testing/until.ts';

const KEY = 'dm_test_key_of_seeds_after_kill';
/** Each chunk of wishes takes its time, so that servers are killed between two of them. */
const SLOW = `
  CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.5); RETURN NULL; END';
  CREATE TRIGGER slow AFTER INSERT ON wish FOR EACH STATEMENT EXECUTE FUNCTION slow()`;
const WISHES = 45_000;
const MANY = {
  tables: {
    customer: { rows: 300 },
    product: { rows: 500 },
    order: { rows: 10 },
    order_line: { rows: 10 },
    wish: { rows: WISHES },
  },
};

interface RunBody {
  readonly state: string;
  readonly attempt: number;
  readonly progress: { readonly rows: number };
}

describe('a seed whose server is killed', () => {
  const servers = killableServers();
  let target: PostgresServer;
  let before: Record<string, string>;
  let connections = 0;
  beforeAll(async () => {
    target = await startPostgres();
  });
  afterAll(() => target?.stop());
  beforeEach(async () => {
    await remake(target, `${SHOP}; ${SLOW}`);
    await target.query(`INSERT INTO customer (email, full_name) VALUES ('a@b.c', 'Ann')`);
    before = await checksums(target);
  });

  const start = async (): Promise<{ server: SpawnedServer; client: Client }> => {
    const server = await servers.start('server-process.ts', 'fatal', '', KEY, '127.0.0.1');
    return { server, client: new Client(server.url, KEY) };
  };
  /** Of wishes, as the receipt has it. */
  const keptOf = async (run: string): Promise<number> => {
    const query = servers.store.selectFrom('seed_receipt').where('run_id', '=', run).select('chunks');
    const found = await query.executeTakeFirst();
    return found?.chunks.find(({ table }) => table === 'public.wish')?.to ?? 0;
  };
  const ended = async (client: Client, run: string): Promise<RunBody> =>
    (await client.get<RunBody>(`/runs/${run}?wait=true`)).body;
  /** Begins a seed. @returns its run, when some wishes are written */
  const begun = async (client: Client): Promise<string> => {
    const url = `postgres://test:${encodeURIComponent(target.password)}@127.0.0.1:${target.port}/postgres`;
    const name = `target ${++connections}`;
    const made = await client.post<{ id: string }>('/connections', { name, type: 'postgres', url });
    const submitted = await client.post<{ run_id: string }>(`/connections/${made.body.id}/seed`, MANY);
    expect(submitted.status, submitted.text).toBe(202);
    const run = submitted.body.run_id;
    await until(async () => (await keptOf(run)) > 0);
    return run;
  };
  const killedInTheMiddle = async (by: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<string> => {
    const { server, client } = await start();
    const run = await begun(client);
    server.child.kill(by);
    await server.exit;
    expect(await keptOf(run)).toBeLessThan(WISHES);
    // What was sent is kept or not, before anybody looks.
    await until(async () => {
      const [busy] = await target.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`,
      );
      return busy?.n === 0;
    });
    return run;
  };
  const undo = async (client: Client, run: string): Promise<void> => {
    const submitted = await client.post<{ run_id: string }>(`/runs/${run}/undo`, {});
    expect(submitted.status, submitted.text).toBe(202);
    expect(await ended(client, submitted.body.run_id)).toMatchObject({ state: 'done' });
    expect(await checksums(target)).toEqual(before);
  };

  it.each([
    ['killed', 'SIGKILL', 2],
    // That is no attempt.
    ['told to stop', 'SIGTERM', 1],
  ] as const)(
    'goes on behind what was written when its server is %s, and is taken back',
    async (_, by, attempt) => {
      const run = await killedInTheMiddle(by);
      await servers.letTimePass();
      const { server, client } = await start();
      expect(await ended(client, run)).toMatchObject({ state: 'done', attempt, progress: { rows: WISHES + 920 } });
      expect((await client.post<{ ok: boolean }>(`/runs/${run}/verify`, {})).body).toMatchObject({ ok: true });
      await undo(client, run);
      server.child.kill('SIGTERM');
      expect(await server.exit).toEqual([0, null]);
    },
    180_000,
  );

  it('is taken back by the receipt that was kept, when nobody goes on with it', async () => {
    const run = await killedInTheMiddle();
    const { client } = await start();
    expect((await client.post(`/runs/${run}/undo`, {})).text).toContain('run_has_not_ended');
    expect((await client.post<RunBody>(`/runs/${run}/cancel`, {})).body).toMatchObject({ state: 'cancelled' });
    const { body } = await client.get<{ rows: number; state: string }>(`/runs/${run}/receipt`);
    expect(body).toMatchObject({ state: 'cancelled' });
    expect(body.rows).toBeGreaterThan(20_000);
    await undo(client, run);
  }, 180_000);

  it('says how far it came when it is cancelled, and when the system goes away', async () => {
    const { client } = await start();
    for (const state of ['cancelled', 'failed'] as const) {
      const run = await begun(client);
      if (state === 'cancelled') expect((await client.post(`/runs/${run}/cancel`, {})).status).toBe(200);
      else {
        await target.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`,
        );
      }
      const { body } = await client.get<RunBody>(`/runs/${run}?wait=true`);
      expect(body).toMatchObject({ state, attempt: 1 });
      const { body: receipt } = await client.get<{ rows: number }>(`/runs/${run}/receipt`);
      expect(receipt.rows).toBeGreaterThan(20_000);
      expect(receipt.rows).toBeLessThan(WISHES + 920);
      expect(body.progress.rows).toBe(receipt.rows);
      await undo(client, run);
    }
  }, 240_000);
});
