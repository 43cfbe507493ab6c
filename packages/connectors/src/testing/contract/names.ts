import { describe, expect, it } from 'vitest';
import type { ReadQuery } from '../../session.ts';
import { allOf, errorOf, type Workbench } from './workbench.ts';

/** Names of tables and columns that break what is not careful. */
export const HOSTILE = [
  'select',
  'Two Words',
  'double"quote',
  "single'quote",
  'back`tick',
  'br[ack]et',
  'back\\slash',
  'semi;colon -- /* no */',
  'dot.ted',
  'new\nline',
  '😀 Größe 東京',
  '%s $1 ? :a @b {c}',
  '__proto__',
  'constructor',
  ' lead and trail ',
];

/** Tables and columns may be called anything that the system takes. */
export function names(bench: Workbench): void {
  const { limits = {} } = bench.subject;
  const { upsert } = bench.subject.connector.capabilities;
  const longest = 'x'.repeat(limits.longestName ?? 63);

  describe('names', () => {
    const chosen = (name: string): Partial<ReadQuery> =>
      bench.can('conditions') ? { where: [{ column: name, is: 'not null' }], orderBy: [name] } : {};
    const taken = [...HOSTILE, longest].filter((name) => limits.refusedInNames?.test(name) !== true);
    it.each(taken)('may be %j', async (name) => {
      const table = await bench.table({
        name,
        columns: [
          { name, kind: 'text', maxLength: 50 },
          { name: 'id', kind: 'integer' },
        ],
        primaryKey: ['id'],
      });
      const session = await bench.open();
      expect((await session.introspect()).tables.map((one) => one.name)).toContain(name);
      const row = (value: string): { [column: string]: string | number } =>
        Object.fromEntries([
          [name, value],
          ['id', 1],
        ]);
      await session.insert(table, [[row('a')]]);
      await session.insert(table, [[row('b')]], upsert ? { onConflict: 'update' } : {}).catch(() => undefined);
      const read = await allOf(session, { table, ...chosen(name) });
      expect(read).toEqual([row(upsert ? 'b' : 'a')]);
      const key = bench.can('removal_by_any') ? row('b') : { id: 1 };
      expect(await session.remove(table, [[key]])).toBe(upsert || !bench.can('removal_by_any') ? 1 : 0);
    });

    it('that are not there are told, and nothing of them reaches the system', async () => {
      const table = await bench.table({ columns: [{ name: 'id', kind: 'integer' }], primaryKey: ['id'] });
      const session = await bench.open();
      for (const name of [
        'nothing',
        '',
        'x'.repeat(1000),
        `id"; DROP TABLE "${table.name}"; --`,
        'a\0b',
        'ID',
        'id ',
      ]) {
        if (bench.can('known_tables')) {
          expect(await errorOf(session.describe({ ...table, name }))).toMatchObject({ problem: 'not_found' });
        }
        if (!bench.can('known_columns')) continue;
        expect(await errorOf(session.insert(table, [[{ [name]: 1 }]]))).toMatchObject({ problem: 'not_found' });
        expect(await errorOf(allOf(session, { table, columns: [name] }))).toMatchObject({ problem: 'not_found' });
        expect(await errorOf(allOf(session, { table, orderBy: [name] }))).toMatchObject({ problem: 'not_found' });
        const where = [{ column: name, is: '=' as const, value: 1 }];
        expect(await errorOf(allOf(session, { table, where }))).toMatchObject({ problem: 'not_found' });
      }
      expect(await session.count(table)).toBe(0);
    });
  });
}
