import { describe, expect, it } from 'vitest';
import type { BatchOutcome } from '../../session.ts';
import type { Row } from '../../value.ts';
import { allOf, allTextOf, errorOf, type Workbench } from './workbench.ts';

const COMPOSITE = {
  columns: [
    { name: 'b', kind: 'text', maxLength: 20 },
    { name: 'a', kind: 'integer' },
    { name: 'v', kind: 'text', maxLength: 20 },
  ],
  primaryKey: ['a', 'b'],
} as const;

const numbered = (from: number, to: number): Row[] =>
  Array.from({ length: to - from }, (_, i) => ({ a: from + i, b: 'x', v: `v${from + i}` }));

/** Inserts, conflicts, keys that are made, removal, transactions, and who may do none of it. */
export function writing(bench: Workbench): void {
  const { capabilities } = bench.subject.connector;
  const { ownKey, keepsEachRow = false } = bench.subject.limits ?? {};

  describe('rows', () => {
    it('go in by batches, each told in order', async () => {
      const table = await bench.table(COMPOSITE);
      const session = await bench.open();
      const outcomes: BatchOutcome[] = [];
      const rows = async function* () {
        yield numbered(0, 7);
        yield [];
        yield numbered(7, 25);
      };
      const report = await session.insert(table, rows(), { batchSize: 10, onBatch: (one) => outcomes.push(one) });
      expect(report).toEqual({ sent: 25, written: 25, skipped: 0, failed: 0, failures: [] });
      expect(outcomes.map(({ sent }) => sent)).toEqual([10, 10, 5]);
      expect(await session.count(table)).toBe(25);
      expect(await bench.server.count(table)).toBe(25);
    });

    it('may leave out columns, each its own', async () => {
      const table = await bench.table(COMPOSITE);
      const session = await bench.open();
      await session.insert(table, [
        [
          { a: 1, b: 'x' },
          { a: 2, b: 'x', v: 'two' },
          { v: 'three', b: 'x', a: 3 },
        ],
      ]);
      const read = await allOf(session, { table, columns: ['a', 'v'], orderBy: ['a'] });
      expect(read).toEqual([
        { a: 1, v: null },
        { a: 2, v: 'two' },
        { a: 3, v: 'three' },
      ]);
    });

    it('are found by their keys, each as often as it is there', async () => {
      const table = await bench.table(COMPOSITE);
      const session = await bench.open();
      if (session.find === undefined) return;
      await session.insert(table, [[...numbered(0, 25), { a: 5, b: "o'x", v: null }]]);
      const keys = [...numbered(20, 1300), { a: 5, b: "o'x" }, { a: 6, b: "o'x" }].map(({ a, b }) => ({ a, b }) as Row);
      const found = await session.find(table, keys);
      expect(found.map(({ a, b }) => `${a}${b}`).toSorted()).toEqual(
        ["5o'x", '20x', '21x', '22x', '23x', '24x'].toSorted(),
      );
      expect(await session.find(table, [{ v: 'v7' }, { v: 'none' }, { v: null }])).toHaveLength(2);
      expect(await session.find(table, [])).toEqual([]);
    });

    it('are chosen, put in order and limited', async () => {
      const table = await bench.table(COMPOSITE);
      const session = await bench.open();
      await session.insert(table, [[...numbered(0, 10), { a: 10, b: "o'x", v: null }]]);
      const read = async (query: object): Promise<unknown[]> =>
        (await allOf(session, { table, columns: ['a'], orderBy: ['a'], ...query })).map(({ a }) => a);
      expect(await read({ where: [{ column: 'a', is: '>=', value: 8 }] })).toEqual([8, 9, 10]);
      expect(await read({ where: [{ column: 'a', is: '<', value: 2 }] })).toEqual([0, 1]);
      expect(await read({ where: [{ column: 'b', is: '=', value: "o'x" }] })).toEqual([10]);
      expect(await read({ where: [{ column: 'b', is: '!=', value: 'x' }] })).toEqual([10]);
      expect(await read({ where: [{ column: 'v', is: 'null' }] })).toEqual([10]);
      expect(
        await read({
          where: [
            { column: 'v', is: 'like', value: 'v_' },
            { column: 'a', is: '>', value: 7 },
          ],
        }),
      ).toEqual([8, 9]);
      expect(await read({ limit: 3 })).toEqual([0, 1, 2]);
      expect(await read({ limit: 0 })).toEqual([]);
      // Whoever leaves the loop may go on.
      for await (const _ of session.read({ table })) break;
      expect(await session.count(table)).toBe(11);
    });

    it('that break a rule are refused with their batch, and those before are kept', async () => {
      const table = await bench.table(COMPOSITE);
      const session = await bench.open();
      const rows = [...numbered(0, 25), { a: 3, b: 'x', v: 'S3cretValue' }, ...numbered(30, 40)];
      for (const options of [{}, { returning: ['a'] }]) {
        const error = await errorOf(session.insert(table, [rows], { ...options, batchSize: 10 }));
        const kept = keepsEachRow ? 25 : 20;
        expect(error).toMatchObject({ problem: 'constraint', written: kept });
        expect(allTextOf(error)).not.toContain('S3cretValue');
        expect(await session.count(table)).toBe(kept);
        expect(await session.remove(table, [numbered(0, kept).map(({ a = null, b = null }) => ({ a, b }))])).toBe(kept);
      }
    });

    it.runIf(capabilities.upsert)('whose key is there are left out, or change the row that is there', async () => {
      const table = await bench.table({ ...COMPOSITE, unique: [['v']] });
      const session = await bench.open();
      await session.insert(table, [numbered(0, 5)]);
      const again = [
        { a: 3, b: 'x', v: 'new3' },
        { a: 9, b: 'x', v: 'new9' },
      ];
      expect(await session.insert(table, [again], { onConflict: 'skip' })).toMatchObject({ written: 1, skipped: 1 });
      expect(await session.count(table)).toBe(6);
      const twice = [...again, { a: 9, b: 'x', v: 'last9' }, { a: 10, b: 'x', v: 'new10' }];
      const key = ownKey === undefined ? {} : { key: COMPOSITE.primaryKey };
      expect(await session.insert(table, [twice], { onConflict: 'update', ...key })).toMatchObject({
        sent: 4,
        written: 4,
      });
      const read = await allOf(session, {
        table,
        columns: ['a', 'v'],
        orderBy: ['a'],
        where: [{ column: 'a', is: '>', value: 2 }],
      });
      expect(read.map(({ v }) => v)).toEqual(['new3', 'v4', 'last9', 'new10']);
      const byValue = [{ a: 77, b: 'moved', v: 'v4' }];
      expect(await session.insert(table, [byValue], { onConflict: 'skip', key: ['v'] })).toMatchObject({ skipped: 1 });
      const error = await errorOf(session.insert(table, [byValue], { onConflict: 'update', key: ['a'] }));
      expect(error).toMatchObject({ problem: 'not_found', hint: expect.stringContaining('v') });
    });

    it.runIf(capabilities.upsert)('may be nothing but their key when they change a row that is there', async () => {
      const table = await bench.table(COMPOSITE);
      const session = await bench.open();
      await session.insert(table, [numbered(0, 3)]);
      await session.insert(table, [numbered(2, 4).map(({ a = null, b = null }) => ({ a, b }))], {
        onConflict: 'update',
      });
      const read = await allOf(session, { table, columns: ['a', 'v'], orderBy: ['a'] });
      expect(read.map(({ v }) => v)).toEqual(['v0', 'v1', 'v2', null]);
    });

    it('give back the keys that the system made, in their order', async () => {
      const made = ownKey ?? 'id';
      const table = await bench.table({
        columns: [
          { name: made, kind: 'integer', generated: true },
          { name: 'v', kind: 'text', maxLength: 20 },
        ],
        primaryKey: [made],
      });
      const session = await bench.open();
      const returned: Row[] = [];
      const rows = Array.from({ length: 50 }, (_, i) => ({ v: `v${i}` }));
      const onBatch = (one: BatchOutcome): void => void returned.push(...one.returned);
      await session.insert(table, [rows], { returning: [made], batchSize: 20, onBatch });
      expect(returned).toHaveLength(50);
      const read = new Map((await allOf(session, { table })).map((row) => [row[made], row['v']]));
      expect(returned.map((row) => read.get(row[made]))).toEqual(rows.map(({ v }) => v));
      // A row of nothing but what the system makes.
      returned.length = 0;
      await session.insert(table, [[{}, {}]], { returning: [made], onBatch });
      expect(new Set(returned.map((row) => row[made])).size).toBe(2);
      expect(await session.count(table)).toBe(52);
    });

    it('are removed by their keys', async () => {
      const table = await bench.table(COMPOSITE);
      const session = await bench.open();
      await session.insert(table, [numbered(0, 2500)], { batchSize: 2500 });
      const keys = numbered(10, 3000).map(({ a = null, b = null }) => ({ b, a }));
      expect(await session.remove(table, [keys.slice(0, 7), keys.slice(7)])).toBe(2490);
      expect(await session.remove(table, [[{ a: 1, b: 'y' }]])).toBe(0);
      expect(await session.remove(table, [[{ a: 1 }]])).toBe(1);
      expect(await session.remove(table, [[{ v: null }]])).toBe(0);
      expect(await errorOf(session.remove(table, [[{}]]))).toMatchObject({ problem: 'value' });
      expect(await session.count(table)).toBe(9);
    });

    it.runIf(capabilities.transactions)('are kept together or not at all in a transaction', async () => {
      const table = await bench.table(COMPOSITE);
      const session = await bench.open();
      const failed = session.transaction(async () => {
        await session.insert(table, [numbered(0, 30)], { batchSize: 10 });
        await session.remove(table, [[{ a: 1, b: 'x' }]]);
        throw new Error('changed my mind');
      });
      expect((await errorOf(failed)).message).toBe('changed my mind');
      expect(await session.count(table)).toBe(0);
      const broken = session.transaction(() =>
        session.insert(table, [[...numbered(0, 10), ...numbered(5, 6)]], { batchSize: 10 }),
      );
      expect(await errorOf(broken)).toMatchObject({ problem: 'constraint', written: 0 });
      expect(await bench.server.count(table)).toBe(0);
      const result = await session.transaction(async () => {
        await session.insert(table, [numbered(0, 30)], { batchSize: 10 });
        expect(await bench.server.count(table)).toBe(0);
        return 'kept';
      });
      expect(result).toBe('kept');
      expect(await bench.server.count(table)).toBe(30);
    });

    it('are not written over a connection that is for reading', async () => {
      const table = await bench.table(COMPOSITE);
      await (await bench.open()).insert(table, [numbered(0, 3)]);
      const session = await bench.open({ readOnly: true });
      expect(await allOf(session, { table })).toHaveLength(3);
      const writes = [
        () => session.insert(table, [numbered(5, 6)]),
        () => session.insert(table, [numbered(1, 2)], { onConflict: 'update' }),
        () => session.remove(table, [[{ a: 1, b: 'x' }]]),
        ...(session.copy === undefined ? [] : [() => session.copy?.(table, ['a', 'b'], [Buffer.from('7,x\n')])]),
        ...(capabilities.transactions
          ? [() => session.transaction(() => session.insert(table, [numbered(5, 6)]))]
          : []),
      ];
      for (const write of writes) {
        expect(await errorOf(Promise.resolve(write()))).toMatchObject({ problem: 'read_only' });
      }
      expect(await allOf(session, { table })).toHaveLength(3);
      expect(await bench.server.count(table)).toBe(3);
    });
  });
}
