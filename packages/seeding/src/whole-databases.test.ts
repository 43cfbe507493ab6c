import type { ForeignKey, Row, Session, Table } from '@datamaker/connectors';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type SeedServer, SYSTEMS } from './testing/systems.ts';

const CIRCLE = `
  CREATE TABLE a (id int PRIMARY KEY, b_id int NOT NULL);
  CREATE TABLE b (id int PRIMARY KEY, a_id int NOT NULL, FOREIGN KEY (a_id) REFERENCES a (id));
  ALTER TABLE a ADD CONSTRAINT to_b FOREIGN KEY (b_id) REFERENCES b (id);
  CREATE TABLE c (id int PRIMARY KEY, a_id int, FOREIGN KEY (a_id) REFERENCES a (id) ON DELETE CASCADE);`;

/** What a connector has to have for databases of its system to be filled, taken back and masked as a whole. */
describe.each(SYSTEMS)('a session with %s', (_, start) => {
  let server: SeedServer;
  let session: Session;
  let tables: readonly Table[];
  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server?.stop());
  beforeEach(async () => {
    await server.remake(CIRCLE);
    session = await server.open();
    ({ tables } = await session.introspect());
  });
  afterEach(() => session.close());

  const named = (name: string): { schema: string; name: string } => ({ schema: server.schema, name });
  const put = (name: string, ...rows: readonly Row[]): Promise<unknown> => session.insert(named(name), [rows]);
  const counts = async (): Promise<number[]> => [
    await session.count(named('a')),
    await session.count(named('b')),
    await session.count(named('c')),
  ];
  /** Those that have to be made so, where only what is declared is put off. */
  const also = [{ table: { schema: '', name: 'a' }, name: 'to_b' }];
  const defer = async (): Promise<void> => {
    const key = also.map(({ name }) => ({ table: named('a'), name }));
    await session.deferKeys?.(tables, session.lateKeys === 'declared' ? key : []);
  };
  const fill = (): Promise<unknown> =>
    session.transaction(async () => {
      await defer();
      await put('a', { id: 1, b_id: 1 });
      await put('b', { id: 1, a_id: 1 });
    });

  it('puts the check of keys off to the end of a transaction, and no further', async () => {
    await expect(put('a', { id: 1, b_id: 1 })).rejects.toMatchObject({ problem: 'constraint' });
    await fill();
    expect(await counts()).toEqual([1, 1, 0]);
    await expect(put('a', { id: 2, b_id: 7 })).rejects.toMatchObject({ problem: 'constraint' });
    const broken = session.transaction(async () => {
      await defer();
      await put('a', { id: 2, b_id: 7 });
    });
    await expect(broken).rejects.toMatchObject({ problem: 'constraint' });
    await expect(put('c', { id: 1, a_id: 7 })).rejects.toMatchObject({ problem: 'constraint' });
    expect(await counts()).toEqual([1, 1, 0]);
  });

  it('checks what was put off when told to, and at once again from there on', async () => {
    const early = session.transaction(async () => {
      await defer();
      await put('a', { id: 1, b_id: 1 });
      await session.checkKeys?.();
    });
    await expect(early).rejects.toMatchObject({ problem: 'constraint' });
    const late = session.transaction(async () => {
      await defer();
      await put('a', { id: 1, b_id: 1 });
      await put('b', { id: 1, a_id: 1 });
      await session.checkKeys?.();
      await put('a', { id: 2, b_id: 7 });
    });
    await expect(late).rejects.toMatchObject({ problem: 'constraint' });
    expect(await counts()).toEqual([0, 0, 0]);
    const { foreignKeys } = (await session.introspect()).tables.find(({ name }) => name === 'a') as Table;
    expect(foreignKeys.map(({ isDeferrable }) => isDeferrable)).toEqual([false]);
  });

  it('forgets what was put off when the transaction is not kept', async () => {
    const failing = session.transaction(async () => {
      await defer();
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await expect(put('a', { id: 1, b_id: 1 })).rejects.toMatchObject({ problem: 'constraint' });
    await fill();
    expect(await counts()).toEqual([1, 1, 0]);
  });

  it('empties tables that refer to each other, and not those that others refer to', async () => {
    await fill();
    await put('c', { id: 1, a_id: 1 });
    const some = tables.filter(({ name }) => name !== 'c');
    const refused = session.transaction(async () => {
      await session.empty?.(some);
    });
    await expect(refused).rejects.toMatchObject({ problem: expect.stringMatching(/constraint|protocol|value/) });
    expect(await counts()).toEqual([1, 1, 1]);
    await session.transaction(async () => {
      await session.empty?.(tables);
    });
    expect(await counts()).toEqual([0, 0, 0]);
  });

  it('counts rows that lead to none', async () => {
    await fill();
    const key: ForeignKey = {
      ...{
        name: 'thought of',
        columns: ['id', 'a_id'],
        to: named('b'),
        toColumns: ['id', 'a_id'],
        isDeferrable: false,
      },
    };
    await put('c', { id: 1, a_id: 1 }, { id: 2, a_id: 1 }, { id: 3, a_id: null });
    expect(await session.orphans?.(named('c'), key)).toBe(1);
  });

  it('tells its database from others, whoever looks', async () => {
    const reader = await server.open(undefined, true);
    expect(await reader.identity?.()).toBe(await session.identity?.());
    await reader.close();
    await server.query(`DROP DATABASE IF EXISTS other`);
    await server.query(`CREATE DATABASE other`);
    const other = await server.open('other');
    expect(await other.identity?.()).not.toBe(await session.identity?.());
    await other.close();
  });

  it('refuses all of it where it may only read', async () => {
    const reader = await server.open(undefined, true);
    await expect(Promise.resolve().then(() => reader.deferKeys?.(tables))).rejects.toMatchObject({
      problem: 'read_only',
    });
    await expect(Promise.resolve().then(() => reader.empty?.(tables))).rejects.toMatchObject({ problem: 'read_only' });
    await reader.close();
  });
});
