import { describe, expect, it } from 'vitest';
import type { TableName } from '../../schema/schema.ts';
import type { Session } from '../../session.ts';
import { HOSTILE } from './names.ts';
import { PARTS, type Part } from './parts.ts';
import { allOf, errorOf, type Workbench } from './workbench.ts';

const TABLE = {
  columns: [
    { name: 'id', kind: 'integer' },
    { name: 'v', kind: 'text', maxLength: 20 },
  ],
  primaryKey: ['id'],
} as const;

/** What a system does where a part of the contract is not for it: says so, and does nothing. `rows` of the table are there before. */
type Shown = (session: Session, table: TableName, bench: Workbench) => Promise<void>;

const refused =
  (work: (session: Session, table: TableName) => Promise<unknown>): Shown =>
  async (session, table) => {
    expect(['invalid_config', 'value', 'protocol']).toContain((await errorOf(work(session, table))).problem);
  };

const SHOWN: Readonly<Record<Part, Shown>> = {
  transactions: refused((session, table) => session.transaction(() => session.remove(table, [[{ id: 1 }]]))),
  copy: async (session) => expect(session.copy).toBeUndefined(),
  upsert: refused((session, table) => session.insert(table, [[{ id: 1, v: 'new' }]], { onConflict: 'update' })),
  whole_batches: async (session, table) => {
    const report = await session.insert(table, [[{ id: 3 }, { id: 1 }, { id: 4 }]]);
    expect(report).toMatchObject({ sent: 3, written: 2, failed: 1, failures: [{ row: 1 }] });
    expect(await session.remove(table, [[{ id: 3 }, { id: 4 }]])).toBe(2);
  },
  one_doubt: async (_session, _table, { subject }) => expect(subject.limits?.commit).toBeUndefined(),
  one_connection: async (session, table, { server }) => {
    await server.breakSessions();
    await session.count(table).catch(() => undefined);
    expect(await session.count(table)).toBe(2);
  },
  version: async (session) => expect((await session.verify()).version).toBe(''),
  databases: async (_session, _table, { server }) =>
    expect(server.input({ database: 'another' })).toEqual(server.input()),
  known_tables: async (session, { schema }) =>
    expect(await session.describe({ schema, name: 'never_made' })).toMatchObject({ columns: [], primaryKey: null }),
  known_columns: async (session, table) => {
    await session.remove(table, [[{ id: 2 }]]);
    await session.insert(table, [[{ id: 2, surprise: [1, 'two'] }]]);
    const read = await allOf(session, { table, columns: ['id', 'surprise'], orderBy: ['id'] });
    expect(read[1]).toEqual({ id: 2, surprise: [1, 'two'] });
  },
  described_keys: async (session, table) => {
    const { primaryKey, uniqueKeys } = await session.describe(table);
    expect({ primaryKey, uniqueKeys }).toEqual({ primaryKey: null, uniqueKeys: [] });
  },
  unique_keys: async (session, table) => expect((await session.describe(table)).uniqueKeys).toEqual([]),
  composite_keys: refused((session, table) => session.remove(table, [[{ id: 1, v: 'one' }]])),
  removal_by_any: refused((session, table) => session.remove(table, [[{ v: null }]])),
  empty_rows: async (session, table) => {
    const { id: _, ...row } = { id: 0 };
    expect(await session.insert(table, [[row]])).toMatchObject({ written: 0, failed: 1 });
  },
  order: async (session, table) => {
    // The rows themselves come all the same: see `putInOrder`.
    expect(await allOf(session, { table, orderBy: ['id'] })).toHaveLength(2);
  },
  conditions: refused((session, table) => allOf(session, { table, where: [{ column: 'id', is: '>', value: 1 }] })),
  null_conditions: async (session, table) => {
    await session.remove(table, [[{ id: 2 }]]);
    await session.insert(table, [[{ id: 2, v: null }]]);
    const where = [{ column: 'v', is: 'null' as const }];
    const found = await allOf(session, { table, where }).catch(() => []);
    expect(found).toEqual([]);
  },
};

/** What is not for this system, by name and with its reason: each shows what there is instead. */
export function lacking(bench: Workbench): void {
  const { cannot = {}, limits = {}, connector } = bench.subject;

  describe('what is not for it', () => {
    it.each(Object.entries(cannot))('%s: %s', async (part, reason) => {
      expect(reason).not.toBe('');
      expect(Object.keys(PARTS)).toContain(part);
      const table = await bench.table(TABLE);
      const session = await bench.open();
      await session.insert(table, [
        [
          { id: 1, v: 'one' },
          { id: 2, v: 'two' },
        ],
      ]);
      await SHOWN[part as Part](session, table, bench);
      expect(await bench.server.count(table)).toBe(2);
    });

    it('is in its table as in its capabilities', () => {
      const { transactions, copy, upsert, rowOutcomes } = connector.capabilities;
      const parts = { transactions, copy, upsert, whole_batches: !rowOutcomes, one_doubt: limits.commit !== undefined };
      for (const [part, can] of Object.entries(parts))
        expect({ part, can: bench.can(part as Part) }).toEqual({ part, can });
    });

    for (const kind of limits.withoutKinds ?? []) {
      it(`columns of ${kind}`, () => expect(limits.withoutKinds).toContain(kind));
    }
    for (const what of limits.withoutValues ?? []) {
      it(`the value ${what}`, () => expect(limits.withoutValues).toContain(what));
    }

    it.each(HOSTILE.filter((name) => limits.refusedInNames?.test(name) === true))(
      'the name %j, of which nothing reaches the system',
      async (name) => {
        const table = await bench.table(TABLE);
        const session = await bench.open();
        const error = await errorOf(session.insert({ ...table, name }, [[{ id: 1 }]]));
        expect(['not_found', 'invalid_config', 'value', 'protocol']).toContain(error.problem);
        expect(await bench.server.count(table)).toBe(0);
      },
    );
  });
}
