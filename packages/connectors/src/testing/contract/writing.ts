import { describe, expect, it } from 'vitest';
import type { BatchOutcome } from '../../session.ts';
import type { Row } from '../../value.ts';
import { allOf, errorOf, refusalOf, type Workbench } from './workbench.ts';

const COLUMNS = [
  { name: 'b', kind: 'text', maxLength: 20 },
  { name: 'a', kind: 'integer' },
  { name: 'v', kind: 'text', maxLength: 20 },
] as const;

const numbered = (from: number, to: number): Row[] =>
  Array.from({ length: to - from }, (_, i) => ({ a: from + i, b: 'x', v: `v${from + i}` }));

/** Inserts, conflicts, keys that are made, removal, transactions, and who may do none of it. */
export function writing(bench: Workbench): void {
  const { capabilities } = bench.subject.connector;
  const { ownKey, keepsEachRow = false } = bench.subject.limits ?? {};
  const TABLE = { columns: COLUMNS, primaryKey: bench.can('composite_keys') ? ['a', 'b'] : ['a'] };
  const keyOf = ({ a = null, b = null }: Row): Row => (bench.can('composite_keys') ? { b, a } : { a });
  // Each is asked for by itself where rows have outcomes of their own.
  const many = capabilities.rowOutcomes ? 250 : 2500;

  describe('rows', () => {
    it('go in by batches, each told in order', async () => {
      const table = await bench.table(TABLE);
      const session = await bench.open();
      const outcomes: BatchOutcome[] = [];
      const rows = async function* () {
        yield numbered(1, 8);
        yield [];
        yield numbered(8, 26);
      };
      const report = await session.insert(table, rows(), { batchSize: 10, onBatch: (one) => outcomes.push(one) });
      expect(report).toEqual({ sent: 25, written: 25, skipped: 0, failed: 0, failures: [] });
      expect(outcomes.map(({ sent }) => sent)).toEqual([10, 10, 5]);
      expect(await session.count(table)).toBe(25);
      expect(await bench.server.count(table)).toBe(25);
    });

    it('may leave out columns, each its own', async () => {
      const table = await bench.table(TABLE);
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

    it.runIf(bench.can('composite_keys'))('are found by their keys, each as often as it is there', async () => {
      const table = await bench.table(TABLE);
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

    it.runIf(bench.can('conditions'))('are chosen, put in order and limited', async () => {
      const table = await bench.table(TABLE);
      const session = await bench.open();
      await session.insert(table, [[...numbered(10, 20), { a: 20, b: "o'x", v: null }]]);
      const read = async (query: object): Promise<unknown[]> =>
        (await allOf(session, { table, columns: ['a'], orderBy: ['a'], ...query })).map(({ a }) => a);
      expect(await read({ where: [{ column: 'a', is: '>=', value: 18 }] })).toEqual([18, 19, 20]);
      expect(await read({ where: [{ column: 'a', is: '<', value: 12 }] })).toEqual([10, 11]);
      expect(await read({ where: [{ column: 'b', is: '=', value: "o'x" }] })).toEqual([20]);
      expect(await read({ where: [{ column: 'b', is: '!=', value: 'x' }] })).toEqual([20]);
      if (bench.can('null_conditions')) expect(await read({ where: [{ column: 'v', is: 'null' }] })).toEqual([20]);
      expect(
        await read({
          where: [
            { column: 'v', is: 'like', value: 'v%' },
            { column: 'a', is: '>', value: 17 },
          ],
        }),
      ).toEqual([18, 19]);
      expect(await read({ limit: 3 })).toEqual([10, 11, 12]);
      expect(await read({ limit: 0 })).toEqual([]);
      // Whoever leaves the loop may go on.
      for await (const _ of session.read({ table })) break;
      expect(await session.count(table)).toBe(11);
    });

    it('that break a rule are refused with their batch, and those before are kept', async () => {
      const table = await bench.table(TABLE);
      const session = await bench.open();
      const rows = [...numbered(1, 26), { a: 3, b: 'x', v: 'S3cretValue' }, ...numbered(30, 40)];
      for (const options of [{}, { returning: ['a'] }]) {
        const refusal = await refusalOf(session.insert(table, [rows], { ...options, batchSize: 10 }));
        const before = keepsEachRow ? 25 : 20;
        const kept = bench.can('whole_batches') ? before : 35;
        expect(refusal).toMatchObject({ problem: bench.can('whole_batches') ? 'constraint' : 'row', written: kept });
        expect(refusal.text).not.toContain('S3cretValue');
        expect(await session.count(table)).toBe(kept);
        expect(await session.remove(table, [numbered(1, 40).map(keyOf)])).toBe(kept);
      }
    });

    it.runIf(bench.can('upsert'))('whose key is there are left out, or change the row that is there', async () => {
      const table = await bench.table({ ...TABLE, unique: [['v']] });
      const session = await bench.open();
      await session.insert(table, [numbered(10, 15)]);
      const again = [
        { a: 13, b: 'x', v: 'new3' },
        { a: 19, b: 'x', v: 'new9' },
      ];
      expect(await session.insert(table, [again], { onConflict: 'skip' })).toMatchObject({ written: 1, skipped: 1 });
      expect(await session.count(table)).toBe(6);
      const twice = [...again, { a: 19, b: 'x', v: 'last9' }, { a: 20, b: 'x', v: 'new10' }];
      const key = ownKey === undefined ? {} : { key: TABLE.primaryKey };
      expect(await session.insert(table, [twice], { onConflict: 'update', ...key })).toMatchObject({
        sent: 4,
        written: 4,
      });
      const read = await allOf(session, {
        table,
        columns: ['a', 'v'],
        orderBy: ['a'],
        where: [{ column: 'a', is: '>', value: 12 }],
      });
      expect(read.map(({ v }) => v)).toEqual(['new3', 'v14', 'last9', 'new10']);
      if (!bench.can('unique_keys')) return;
      const byValue = [{ a: 77, b: 'moved', v: 'v14' }];
      expect(await session.insert(table, [byValue], { onConflict: 'skip', key: ['v'] })).toMatchObject({ skipped: 1 });
      const error = await errorOf(session.insert(table, [byValue], { onConflict: 'update', key: ['a'] }));
      expect(error).toMatchObject({ problem: 'not_found', hint: expect.stringContaining('v') });
    });

    it.runIf(bench.can('upsert'))('may be nothing but their key when they change a row that is there', async () => {
      const table = await bench.table(TABLE);
      const session = await bench.open();
      await session.insert(table, [numbered(0, 3)]);
      await session.insert(table, [numbered(2, 4).map(keyOf)], {
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
      if (!bench.can('empty_rows')) return;
      // A row of nothing but what the system makes.
      returned.length = 0;
      await session.insert(table, [[{}, {}]], { returning: [made], onBatch });
      expect(new Set(returned.map((row) => row[made])).size).toBe(2);
      expect(await session.count(table)).toBe(52);
    });

    it('are removed by their keys', async () => {
      const table = await bench.table(TABLE);
      const session = await bench.open();
      await session.insert(table, [numbered(1, many + 1)], { batchSize: 2500 });
      const keys = numbered(10, many + 50).map(keyOf);
      expect(await session.remove(table, [keys.slice(0, 7), keys.slice(7)])).toBe(many - 9);
      expect(await session.remove(table, [[keyOf({ a: 99, b: 'y' })]])).toBe(0);
      expect(await session.remove(table, [[keyOf({ a: 1, b: 'x' })]])).toBe(1);
      const nothing = await errorOf(session.remove(table, [[{}]]));
      expect(['value', 'invalid_config']).toContain(nothing.problem);
      expect(await session.count(table)).toBe(8);
      if (!bench.can('removal_by_any')) return;
      expect(await session.remove(table, [[{ a: 2 }]])).toBe(1);
      expect(await session.remove(table, [[{ v: null }]])).toBe(0);
      expect(await session.count(table)).toBe(7);
    });

    it.runIf(bench.can('transactions'))('are kept together or not at all in a transaction', async () => {
      const table = await bench.table(TABLE);
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
      const table = await bench.table(TABLE);
      await (await bench.open()).insert(table, [numbered(1, 4)]);
      const session = await bench.open({ readOnly: true });
      expect(await allOf(session, { table })).toHaveLength(3);
      const writes = [
        () => session.insert(table, [numbered(5, 6)]),
        ...(capabilities.upsert ? [() => session.insert(table, [numbered(1, 2)], { onConflict: 'update' })] : []),
        () => session.remove(table, [[keyOf({ a: 1, b: 'x' })]]),
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
