import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ExternalPostgres, startExternalPostgres } from '../../testing/external-postgres.ts';
import { connect, openStore, type Store } from '../open-store.ts';
import { QUEUE_SCHEMA, RunQueue } from './run-queue.ts';

const fail = (error: Error): void => {
  throw error;
};

describe('the queue of runs', () => {
  let postgres: ExternalPostgres;
  const open: { close(): Promise<void> }[] = [];
  beforeAll(async () => {
    postgres = await startExternalPostgres();
  });
  afterAll(async () => {
    for (const each of open) await each.close();
    await postgres?.stop();
  });

  /** A database, somebody with few rights who uses it, and the superuser's way into it. */
  const database = async (name: string) => {
    const url = new URL(await postgres.createDatabase());
    const above = connect({ url: url.href }, () => undefined);
    open.push({ close: () => above.destroy() });
    await sql`CREATE ROLE ${sql.id(name)} LOGIN`.execute(above);
    await sql`GRANT CREATE, USAGE ON SCHEMA public TO ${sql.id(name)}`.execute(above);
    const plain = new URL(url);
    plain.username = name;
    return { above, url: url.href, plain: plain.href };
  };
  const start = async (url: string): Promise<{ store: Store; queue: RunQueue }> => {
    const store = await openStore({ url }, () => undefined);
    const queue = await RunQueue.open(store, { url }, fail);
    open.push(queue, { close: () => store.destroy() });
    return { store, queue };
  };
  const send = (store: Store, queue: RunQueue, runId: string) =>
    store.transaction().execute((tx) => queue.send(tx, { runId, workspaceId: 'ws_x' }));

  it('gives each notice to one of several servers, and only what was committed', async () => {
    const { url } = await database('usual');
    const [one, two] = [await start(url), await start(url)];
    for (let n = 0; n < 20; n++) await send(one.store, one.queue, `run ${n}`);
    const lost = one.store.transaction().execute(async (tx) => {
      await one.queue.send(tx, { runId: 'lost', workspaceId: 'ws_x' });
      throw new Error('rolled back');
    });
    await expect(lost).rejects.toThrow('rolled back');
    const takes = await Promise.all([one, two, one, two].map(({ queue }) => queue.take(7)));
    const found = takes.flat().map(({ runId }) => runId);
    expect(found.toSorted()).toEqual(Array.from({ length: 20 }, (_, n) => `run ${n}`).toSorted());
    const [ticket] = takes.flat();
    if (ticket === undefined) throw new Error('there is none');
    expect(await one.queue.knows(ticket)).toBe(true);
    await one.queue.done(ticket);
    expect(await one.queue.knows(ticket)).toBe(false);
  });

  it('gives parts of jobs to those whose engine makes them', async () => {
    const { url } = await database('engines');
    const { store, queue } = await start(url);
    for (const engine of ['1.0.0', '2.0.0']) {
      const job = { runId: `made by ${engine}`, workspaceId: 'ws_x' };
      await store.transaction().execute((tx) => queue.sendParts(tx, job, [1, 2, 3], engine));
    }
    const runs = async (but: readonly string[]): Promise<string[]> =>
      (await queue.take(4, 'jobs', but)).map(({ runId }) => runId);
    expect(await runs(['1.0.0', '0.9.0'])).toEqual(Array(3).fill('made by 2.0.0'));
    expect(await runs(['1.0.0'])).toEqual([]);
    expect(await runs([])).toEqual(Array(3).fill('made by 1.0.0'));
  });

  it('does not let one who has lost a notice end it for another', async () => {
    const { above, url } = await database('late');
    const { store, queue } = await start(url);
    await send(store, queue, 'run');
    const [lost] = await queue.take(1);
    if (lost === undefined) throw new Error('there is none');
    await queue.giveBack(lost);
    await sql`UPDATE ${sql.id(QUEUE_SCHEMA, 'job')} SET start_after = now() - interval '1 hour'`.execute(above);
    const [held] = await queue.take(1);
    expect(held?.retryCount).toBe(1);
    await queue.done(lost);
    expect(await queue.knows(lost)).toBe(true);
  });

  it('works for a user who owns the database and is no superuser', async () => {
    const { above, plain } = await database('owning');
    const name = new URL(plain).pathname.slice(1);
    await sql`ALTER DATABASE ${sql.id(name)} OWNER TO owning`.execute(above);
    const { store, queue } = await start(plain);
    await send(store, queue, 'run');
    expect(await queue.take(2)).toMatchObject([{ runId: 'run' }]);
    // And when it starts again.
    await start(plain);
  });

  it('says what to do for a user who may not make its schema, and works when that was done', async () => {
    const { above, plain } = await database('poor');
    await expect(openStore({ url: plain }, () => undefined)).rejects.toThrow(
      'its user may not make the schema datamaker_queue: make it, owned by that user, or grant CREATE on the database',
    );
    await sql`CREATE SCHEMA ${sql.id(QUEUE_SCHEMA)} AUTHORIZATION poor`.execute(above);
    const { store, queue } = await start(plain);
    await send(store, queue, 'run');
    expect(await queue.take(2)).toMatchObject([{ runId: 'run' }]);
  });
});
