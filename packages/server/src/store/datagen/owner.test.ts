import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundledLocation, STORES, startOn, type TestServer } from '../../testing/servers.ts';
import { openStore, type Store } from '../open-store.ts';
import { tenantOf } from '../tenant.ts';
import { claimAnswer } from './answers.ts';
import { findContract, keepContract } from './contracts.ts';
import { addDatagenKey, findDatagenKeys } from './keys.ts';
import { ownedBy } from './owner.ts';
import { debitUsage, readUsage } from './usage.ts';

const TABLES = ['datagen_usage', 'datagen_answer', 'datagen_contract', 'datagen_key', 'datagen_mint'] as const;
const [mine, yours] = ['dgk_mine', 'dgk_yours'] as const;

describe.each(STORES)('rows behind the DataGen door (%s)', (kind) => {
  let server: TestServer;
  let store: Store;
  beforeAll(async () => {
    server = await startOn(kind);
    const { databaseUrl, dataDirectory } = server;
    const location = databaseUrl === undefined ? bundledLocation(dataDirectory) : { url: databaseUrl };
    store = await openStore(location, () => undefined);
    for (const [keyId, calls] of [
      [mine, 1],
      [yours, 2],
    ] as const) {
      await debitUsage(store, [{ keyId, calls, records: 5, maxCalls: -1 }]);
      await keepContract(store, keyId, `hash of ${keyId}`, ['ctr_one'], { of: keyId }, 1);
      const claim = '00000000-0000-4000-8000-000000000000';
      await claimAnswer(store, { keyId, requestKey: Buffer.from('k'), requestHash: Buffer.from('h'), claim });
      await addDatagenKey(store, { id: keyId, hash: Buffer.from(keyId), display: '', tier: 'free', days: 1 });
    }
  });
  afterAll(async () => {
    await store?.destroy();
    await server?.close();
  });
  const seen = (tx: Store, table: (typeof TABLES)[number]) =>
    tx
      .selectFrom(table as 'datagen_key')
      .select(sql<string>`to_json(${sql.table(table)})::text`.as('row'))
      .execute()
      .then((rows) => rows.map(({ row }) => row).join());

  it('are behind a rule that holds for the owner of the tables, too', async () => {
    const { rows } = await sql<{ relname: string }>`
      SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity`.execute(store);
    expect(rows.map(({ relname }) => relname)).toEqual(expect.arrayContaining([...TABLES]));
  });

  it('are those of the owners that a transaction names, and none when it names none', async () => {
    for (const table of TABLES.slice(0, 3)) {
      expect(await seen(store, table)).toBe('');
      expect(await tenantOf(store, 'ws_x')((tx) => seen(tx, table))).toBe('');
      const own = await ownedBy(store, [mine], (tx) => seen(tx, table));
      expect(own).toContain(mine);
      expect(own).not.toContain(yours);
      expect(await ownedBy(store, [mine, yours], (tx) => seen(tx, table))).toContain(yours);
      // A connection that goes back to the pool forgets whom it worked for.
      expect(await seen(store, table)).toBe('');
    }
    const foreign = ownedBy(store, [mine], (tx) =>
      tx.insertInto('datagen_usage').values({ key_id: yours, day: '2001-01-01', calls: 1, records: '1' }).execute(),
    );
    await expect(foreign).rejects.toThrow('row-level security');
  });

  it('are found by those whose they are', async () => {
    expect(await readUsage(store, yours)).toEqual({ keyId: yours, calls: 2, records: 5 });
    expect(await findContract(store, mine, 'ctr_one')).toMatchObject({ document: { of: mine } });
    const both = await debitUsage(
      store,
      [mine, yours, 'dgk_third'].map((keyId) => ({ keyId, calls: 1, records: 1, maxCalls: 2 })),
    );
    expect([...both.keys()].toSorted()).toEqual([mine, 'dgk_third']);
  });

  it('that are keys are found until a transaction names a workspace', async () => {
    expect(await findDatagenKeys(store, [Buffer.from(mine)])).toMatchObject([{ id: mine }]);
    expect(await tenantOf(store, 'ws_x')((tx) => seen(tx, 'datagen_key'))).toBe('');
  });
});
