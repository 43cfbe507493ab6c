import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STORES, startOn, type TestServer } from '../../testing/servers.ts';
import { shapeOf } from '../../testing/shape-of.ts';
import type { Store } from '../open-store.ts';
import { migrations } from './index.ts';

const historyOf = async (store: Store) =>
  (
    await sql<{ name: string; timestamp: string }>`SELECT name, timestamp FROM kysely_migration ORDER BY name`.execute(
      store,
    )
  ).rows;

describe('migrations', () => {
  const servers = new Map<string, TestServer>();
  beforeAll(async () => {
    for (const kind of STORES) servers.set(kind, await startOn(kind));
  });
  afterAll(async () => {
    for (const server of servers.values()) await server.close();
  });
  const withStore = async <T>(kind: string, use: (store: Store) => Promise<T>): Promise<T> => {
    const store = await (servers.get(kind) as TestServer).openDatabase();
    return use(store).finally(() => store.destroy());
  };

  it('are all there, in order, with names that sort that way', () => {
    const names = Object.keys(migrations);
    expect(names).toEqual(names.toSorted());
    const numbers = names.map((name) => Number(/^(\d{4})-/.exec(name)?.[1]));
    expect(new Set(numbers).size).toBe(names.length);
    expect(numbers.every((number) => number > 0)).toBe(true);
  });

  it('make the same tables on every store', async () => {
    const [bundled, external] = [await withStore('bundled', shapeOf), await withStore('external', shapeOf)];
    expect(bundled.length).toBeGreaterThan(30);
    expect(external).toEqual(bundled);
  });

  it.each(STORES)('change nothing when they run again (%s)', async (kind) => {
    const shape = await withStore(kind, shapeOf);
    const history = await withStore(kind, historyOf);
    expect(history.map(({ name }) => name)).toEqual(Object.keys(migrations));
    await (servers.get(kind) as TestServer).client.create([{ name: 'id', type: 'sequence' }]);
    // Opening a database brings it up to date: here for the third and fourth time.
    expect(await withStore(kind, shapeOf)).toEqual(shape);
    expect(await withStore(kind, historyOf)).toEqual(history);
    expect(await withStore(kind, (store) => store.selectFrom('template').select('version').execute())).toEqual([
      { version: 1 },
    ]);
  });
});
