import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ExternalPostgres, startExternalPostgres } from '../testing/external-postgres.ts';
import { bundledLocation, startOn, type TestServer } from '../testing/servers.ts';
import { connect, type Store } from './open-store.ts';
import { PREPARED } from './prepared.ts';

/** On one connection: what it keeps is its own. */
const plansOf = (store: Store, run: (store: Store) => Promise<unknown>) =>
  store.connection().execute(async (one) => {
    await run(one);
    const { rows } = await sql<{ statement: string; runs: number }>`
      SELECT statement, (generic_plans + custom_plans)::integer AS runs FROM pg_prepared_statements`.execute(one);
    return rows;
  });

const square = async (store: Store, value: number, shown: string): Promise<unknown> => {
  const { rows } = await sql<{ value: number }>`
    ${PREPARED} SELECT (${value}::integer * ${value}::integer) AS ${sql.ref(shown)}`.execute(store);
  return rows[0];
};

const some = async (store: Store): Promise<void> => {
  for (const value of [2, 3, 4]) {
    expect(await square(store, value, 'a')).toEqual({ a: value ** 2 });
    expect(await square(store, value, 'b')).toEqual({ b: value ** 2 });
    await sql`SELECT ${value}::integer`.execute(store);
  }
};

let server: TestServer;
let external: ExternalPostgres;
beforeAll(async () => {
  server = await startOn('bundled');
  external = await startExternalPostgres();
});
afterAll(async () => {
  await server?.close();
  await external?.stop();
});

describe('a statement that is marked', () => {
  it('is planned once for each connection of the bundled store, and others are not kept', async () => {
    const store = connect(bundledLocation(server.dataDirectory), () => undefined);
    const plans = await plansOf(store, some);
    expect(plans.map(({ runs }) => runs)).toEqual([3, 3]);
    // Another connection has plans of its own, under the same names.
    await Promise.all(Array.from({ length: 4 }, () => plansOf(store, some)));
    await store.destroy();
  });

  it('works on after it has failed, also in a transaction that is rolled back', async () => {
    const store = connect(bundledLocation(server.dataDirectory), () => undefined);
    await plansOf(store, async (one) => {
      const transaction = one.transaction().execute(async (tx) => {
        await square(tx, 5, 'c');
        await square(tx, 100_000, 'c');
      });
      await expect(transaction).rejects.toThrow('integer out of range');
      expect(await square(one, 6, 'c')).toEqual({ c: 36 });
    });
    await store.destroy();
  });

  it('is kept by no database of somebody, which may stand behind a pooler', async () => {
    const store = connect({ url: await external.createDatabase() }, () => undefined);
    expect(await plansOf(store, some)).toEqual([]);
    await store.destroy();
  });
});
