import { describe, expect, it } from 'vitest';
import { allOf, errorOf, type Workbench } from './workbench.ts';

/** What a system says of its tables. */
export function describing(bench: Workbench): void {
  const { limits = {} } = bench.subject;

  describe('tables', () => {
    it('are described as they were made', async () => {
      const wanted = [
        { name: 'id', kind: 'integer', nullable: false },
        { name: 'code', kind: 'text', maxLength: 12, nullable: false },
        { name: 'price', kind: 'decimal', precision: 12, scale: 2 },
        { name: 'day', kind: 'date' },
      ] as const;
      const name = await bench.table({ columns: wanted, primaryKey: ['code', 'id'], unique: [['price', 'day']] });
      const session = await bench.open();
      const table = await session.describe(name);
      expect(table).toMatchObject(name);
      for (const column of wanted) {
        if ((limits.withoutKinds ?? []).includes(column.kind)) continue;
        // What values are is known of such systems only when there are some.
        const said = bench.can('known_columns') ? column : { name: column.name };
        expect(table.columns.find((one) => one.name === column.name)).toMatchObject(said);
      }
      if (bench.can('described_keys')) {
        const own = limits.ownKey === undefined ? [] : [[limits.ownKey]];
        const keys = [...own, ['code', 'id'], ...(bench.can('unique_keys') ? [['price', 'day']] : [])];
        const found = [table.primaryKey?.columns, ...table.uniqueKeys.map(({ columns }) => columns)];
        expect(found).toEqual(keys);
      }
      const all = await session.introspect();
      expect(all.tables.find((one) => one.name === name.name)).toEqual(table);
    });

    it('are told from those that are not there', async () => {
      const session = await bench.open();
      const { schema } = await bench.table({ columns: [{ name: 'id', kind: 'integer' }], primaryKey: ['id'] });
      const gone = { schema, name: 'never_made' };
      for (const work of [
        ...(bench.can('known_tables') ? [() => session.describe(gone), () => session.remove(gone, [[{ id: 1 }]])] : []),
        () => session.count(gone),
        () => session.insert(gone, [[{ id: 1 }]]),
        () => allOf(session, { table: gone }),
      ]) {
        expect(await errorOf(work())).toMatchObject({ problem: 'not_found' });
      }
      await session.verify();
    });
  });
}
