import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Deed, type FaultProxy, startFaultProxy } from '../../../connectors/src/testing/fault-proxy.ts';
import { type PostgresServer, startPostgres } from '../../../connectors/src/testing/start-postgres.ts';
import { checksums, remake } from '../../../seeding/src/testing/open-postgres.ts';
import { SHOP } from '../../../seeding/src/testing/shop.ts';
import { type Client, expectError, type ListBody } from '../testing/client.ts';
import { startOn, type TestServer } from '../testing/servers.ts';
import { tries } from '../testing/tries.ts';
import { until } from '../testing/until.ts';

interface RunBody {
  readonly id: string;
  readonly state: string;
  readonly progress: { readonly rows: number; readonly total: number };
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** More than a chunk of one table. */
const MANY = {
  rows: 30,
  seed: 'f',
  tables: { customer: { rows: 21_000 }, order: { rows: 50 }, order_line: { rows: 60 }, wish: { rows: 60 } },
};
const FEW = { rows: 40, seed: 'f' };

describe('seeds over a network that fails', () => {
  let server: TestServer;
  let client: Client;
  let target: PostgresServer;
  let proxy: FaultProxy;
  let connection: string;
  let before: Record<string, string>;
  beforeAll(async () => {
    [server, target] = await Promise.all([startOn('external', { privateTargets: ['127.0.0.1'] }), startPostgres()]);
    client = server.client;
    proxy = await startFaultProxy({ host: '127.0.0.1', port: target.port });
    const url = `postgres://test:${encodeURIComponent(target.password)}@127.0.0.1:${proxy.port}/postgres`;
    const { body } = await client.post<{ id: string }>('/connections', { name: 'shop', type: 'postgres', url });
    connection = body.id;
  });
  afterAll(async () => {
    await proxy?.stop();
    await Promise.all([server?.close(), target?.stop()]);
  });
  beforeEach(async () => {
    proxy.onClient = () => 'pass';
    await remake(target, SHOP);
    await target.query(`
      INSERT INTO customer (email, full_name) VALUES ('a@b.c', 'Ann'); INSERT INTO category (name) VALUES ('old');`);
    before = await checksums(target);
  });

  const ended = async (run: string): Promise<RunBody> => (await client.get<RunBody>(`/runs/${run}?wait=true`)).body;
  const begin = (body: object) => client.post<{ run_id: string }>(`/connections/${connection}/seed`, body);
  const seed = async (body: object): Promise<RunBody> => {
    const answer = await begin(body);
    expect(answer.status, answer.text).toBe(202);
    return ended(answer.body.run_id);
  };
  const resume = async (run: string, body: object = {}): Promise<RunBody> => {
    const answer = await client.post(`/runs/${run}/resume`, body);
    expect(answer.status, answer.text).toBe(202);
    return ended(run);
  };
  const undo = async (run: string): Promise<RunBody> => {
    const answer = await client.post<{ run_id: string }>(`/runs/${run}/undo`, {});
    expect(answer.status, answer.text).toBe(202);
    return ended(answer.body.run_id);
  };
  const verify = async (run: string) => (await client.post<{ ok: boolean }>(`/runs/${run}/verify`, {})).body;
  /** Sees chunks of bytes from the first one on that writes. */
  const whenWriting = (see: () => Deed): void => {
    let isWriting = false;
    proxy.onClient = (chunk) => {
      isWriting ||= chunk.includes('COPY');
      return isWriting ? see() : 'pass';
    };
  };
  /** Does something to the n-th of them. */
  const at = (n: number, deed: Deed): void => {
    let seen = 0;
    whenWriting(() => (++seen === n ? deed : 'pass'));
  };
  /** How many chunks of bytes a seed is. */
  const chunksOf = async (body: object): Promise<number> => {
    let chunks = 0;
    whenWriting(() => {
      chunks++;
      return 'pass';
    });
    const run = await seed(body);
    proxy.onClient = () => 'pass';
    expect(await undo(run.id)).toMatchObject({ state: 'done' });
    expect(await checksums(target)).toEqual(before);
    return chunks;
  };

  it.each([
    ['chunks', MANY],
    ['transaction', FEW],
  ] as const)(
    'go on, are verified and taken back wherever the connection breaks (%s)',
    async (mode, rows) => {
      const body = { ...rows, mode };
      const chunks = await chunksOf(body);
      const wanted = tries(2, 40);
      let failures = 0;
      for (let i = 0; i < wanted; i++) {
        // At any moment, each part of the whole having its turn.
        const n = 1 + Math.floor(((i + Math.random()) * chunks) / wanted);
        const deed = (['cut', 'pass_then_cut', 'late'] as const)[i % 3] ?? 'cut';
        at(n, deed);
        const answer = await begin(body);
        expect(answer.status, answer.text).toBe(202);
        const first = await ended(answer.body.run_id);
        proxy.onClient = () => 'pass';
        proxy.release();
        const what = `${deed} at ${n} of ${chunks}`;
        if (first.state !== 'done') {
          failures++;
          expect(first.state, what).toBe('failed');
          const { body: receipt } = await client.get<{ rows: number }>(`/runs/${first.id}/receipt`);
          expect(receipt.rows, what).toBe(first.progress.rows);
          // Half of them are taken back as they are.
          if (i % 2 === 0) {
            let last = await resume(first.id);
            // What came late is in the way once, and is found then.
            if (deed === 'late' && last.state === 'failed') last = await resume(first.id);
            expect(last, what).toMatchObject({ state: 'done', error: null });
          }
        }
        if (first.state === 'done' || i % 2 === 0) expect(await verify(first.id), what).toMatchObject({ ok: true });
        expect(await undo(first.id), what).toMatchObject({ state: 'done', error: null });
        expect(await checksums(target), what).toEqual(before);
      }
      expect(failures).toBeGreaterThan(wanted / 2);
    },
    300_000,
  );

  it('go on when what was in the way is gone, and pay for each row once', async () => {
    await target.query('ALTER TABLE wish ADD CONSTRAINT picky CHECK (customer_id % 7 <> 3)');
    before = await checksums(target);
    const run = await seed({ rows: 60, seed: 'r' });
    expect(run).toMatchObject({ state: 'failed', error: { code: 'row_refused' } });
    expect(run.progress.rows).toBeGreaterThan(0);
    expect(run.progress.rows).toBeLessThan(run.progress.total);
    expect(await resume(run.id)).toMatchObject({ state: 'failed', error: { code: 'row_refused' } });
    await target.query('ALTER TABLE wish DROP CONSTRAINT picky');
    const last = await resume(run.id);
    expect(last).toMatchObject({ state: 'done', error: null, progress: { rows: run.progress.total } });
    expect(await verify(run.id)).toMatchObject({ ok: true });
    expectError(await client.post(`/runs/${run.id}/resume`, {}), 409, 'conflict');
    expect(await undo(run.id)).toMatchObject({ state: 'done' });
    expect(await checksums(target)).toEqual(before);
    const { items } = (await client.get<ListBody<{ action: string; details: object }>>(`/audit?subject=${run.id}`))
      .body;
    expect(items.map(({ action }) => action)).toEqual([
      'run.undone',
      'run.compared',
      'run.resumed',
      'run.resumed',
      'run.submitted',
    ]);
    const of = await client.get<ListBody<{ action: string; details: object }>>(`/audit?subject=${connection}`);
    const exports = of.body.items.filter(({ action }) => action.startsWith('export.'));
    expect(exports.slice(0, 2)).toMatchObject([
      { action: 'export.ended', details: { of: 'seed', rows: run.progress.total, complete: true } },
      {
        action: 'export.begun',
        details: { of: 'seed', connection, fields: expect.arrayContaining(['public.customer.email']) },
      },
    ]);
  });

  it('do not go on once they were taken back, or while they are', async () => {
    await target.query('ALTER TABLE wish ADD CONSTRAINT picky CHECK (customer_id % 7 <> 3)');
    const run = await seed({ rows: 20, seed: 'r' });
    expect(run).toMatchObject({ state: 'failed' });
    expect(await undo(run.id)).toMatchObject({ state: 'done' });
    const refused = await client.post(`/runs/${run.id}/resume`, {});
    expect(expectError(refused, 409, 'conflict')).toMatchObject([{ code: 'run_not_resumable' }]);
  });

  it('go on after they were cancelled', async () => {
    // It waits in the middle of the rows, for as long as it takes.
    await target.query(`
      CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(2); RETURN NULL; END';
      CREATE TRIGGER slow AFTER INSERT ON wish FOR EACH STATEMENT EXECUTE FUNCTION slow()`);
    const answer = await begin({ ...MANY, seed: 'c' });
    const id = answer.body.run_id;
    await until(async () => (await client.get<RunBody>(`/runs/${id}`)).body.progress.rows >= 21_000);
    expect((await client.post(`/runs/${id}/cancel`, {})).status).toBe(200);
    expect(await resume(id)).toMatchObject({ state: 'done' });
    expect(await verify(id)).toMatchObject({ ok: true });
    expect(await undo(id)).toMatchObject({ state: 'done' });
    expect(await checksums(target)).toEqual(before);
  });

  it('say when nobody can know whether rows of a table without a key arrived', async () => {
    await remake(target, 'CREATE TABLE log (at timestamptz NOT NULL, line text)');
    const n = async () => Number((await target.query('SELECT count(*) AS n FROM log'))[0]?.['n']);
    const log = { tables: { log: { rows: 300 } } };
    for (const [deed, unknown] of [
      ['pass_then_cut', 'skip'],
      ['cut', 'resend'],
    ] as const) {
      await target.query('TRUNCATE log');
      let isIn = false;
      proxy.onClient = (chunk) => {
        isIn ||= chunk.includes('INSERT INTO') || chunk.includes('COPY');
        return isIn && chunk.includes('COMMIT') ? deed : 'pass';
      };
      const run = await seed(log);
      proxy.onClient = () => 'pass';
      expect(run).toMatchObject({ state: 'failed', error: { code: 'unknown_outcome' } });
      expect(await resume(run.id)).toMatchObject({ state: 'failed', error: { code: 'rows_in_doubt' } });
      expect(await resume(run.id, { unknown })).toMatchObject({ state: 'done', progress: { rows: 300 } });
      expect(await n()).toBe(300);
    }
  });
});
