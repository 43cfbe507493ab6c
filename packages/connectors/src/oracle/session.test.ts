import { Socket } from 'node:net';
import oracledb from 'oracledb';
import { describe, expect, it } from 'vitest';
import type { Session } from '../session.ts';
import { SqlSession } from '../sql/sql-session.ts';
import { allTextOf, errorOf } from '../testing/contract/workbench.ts';
import { oracleConfig } from './config.ts';
import { OracleConnection } from './connection.ts';
import { oracle } from './connector.ts';
import { dialect } from './dialect.ts';
import { type Call, type FakeAnswer, fakeClient } from './testing/fake-client.ts';

const ORDER = { schema: 'MAKER', name: 'ORDER' };
const COLUMN =
  'schema table_name name type data_length char_length char_used precision scale nullable virtual_column identity column_comment data_default'.split(
    ' ',
  );
const column = (name: string, type: string, more: Readonly<Record<string, unknown>> = {}): unknown[] =>
  COLUMN.map(
    (part) =>
      ({
        schema: 'MAKER',
        table_name: 'ORDER',
        name,
        type,
        data_length: '22',
        char_length: '0',
        char_used: null,
        precision: null,
        scale: null,
        nullable: 'Y',
        virtual_column: 'NO',
        identity: null,
        column_comment: null,
        data_default: null,
        ...more,
      })[part] ?? null,
  );
const upper = (names: string): string[] => names.toUpperCase().split(' ');

function catalogue({ text }: Call): FakeAnswer | undefined {
  if (text.includes('AS row_estimate')) {
    return {
      names: upper('schema name table_comment row_estimate triggers'),
      rows: [['MAKER', 'ORDER', 'orders', '7', '1']],
    };
  }
  if (text.includes('AS data_default')) {
    return {
      names: COLUMN.map((name) => name.toUpperCase()),
      rows: [
        column('ID', 'NUMBER', { precision: '19', scale: '0', nullable: 'N', identity: 'BY DEFAULT' }),
        column('Name', 'VARCHAR2', { char_length: '40', data_length: '160', char_used: 'C' }),
        column('PRICE', 'NUMBER', { precision: '30', scale: '10', data_default: '0 ' }),
        column('AMOUNT', 'NUMBER'),
        column('WEIGHT', 'BINARY_DOUBLE'),
        column('PHOTO', 'BLOB'),
        column('DAY', 'DATE'),
        column('AT', 'TIMESTAMP(6) WITH TIME ZONE', { scale: '6' }),
        column('DOC', 'JSON'),
        column('TOTAL', 'NUMBER', { virtual_column: 'YES', data_default: '"PRICE"*2' }),
      ],
    };
  }
  const rule = 'schema table_name name kind status deferrable expression column_name to_schema to_name to_column';
  if (text.includes('AS to_schema')) {
    return {
      names: upper(rule),
      rows: [
        ['MAKER', 'ORDER', 'CK', 'C', 'ENABLED', 'NOT DEFERRABLE', 'price > 0', 'PRICE', null, null, null],
        ['MAKER', 'ORDER', 'FK', 'R', 'ENABLED', 'DEFERRABLE', null, 'ID', 'MAKER', 'ORDER', 'ID'],
        ['MAKER', 'ORDER', 'NN', 'C', 'ENABLED', 'NOT DEFERRABLE', '"ID" IS NOT NULL', 'ID', null, null, null],
        ['MAKER', 'ORDER', 'OFF', 'U', 'DISABLED', 'NOT DEFERRABLE', null, 'PRICE', null, null, null],
        ['MAKER', 'ORDER', 'PK', 'P', 'ENABLED', 'NOT DEFERRABLE', null, 'ID', null, null, null],
      ],
    };
  }
  if (text.includes('AS column_name')) {
    return {
      names: upper('schema table_name name kind column_name'),
      rows: [
        ['MAKER', 'ORDER', 'MAKER.UX', 'NORMAL', 'Name'],
        ['MAKER', 'ORDER', 'MAKER.FX', 'FUNCTION-BASED NORMAL', 'SYS_NC00010$'],
      ],
    };
  }
  return undefined;
}

function sessionOf(answer: (call: Call) => FakeAnswer | Error, readOnly = false): { session: Session; calls: Call[] } {
  const { client, calls } = fakeClient((call) => catalogue(call) ?? answer(call));
  const config = oracleConfig(oracle.parse({ url: 'oracle://maker:x@db.example/shop' }).config);
  const connection = new OracleConnection(client, new Socket(), { config, readOnly });
  return { session: new SqlSession(connection, dialect, { readOnly }), calls };
}

const ora = (number: number, text: string): Error =>
  Object.assign(new Error(`ORA-${String(number).padStart(5, '0')}: ${text}`), {
    errorNum: number,
    code: `ORA-${String(number).padStart(5, '0')}`,
  });
const after = (calls: readonly Call[]): readonly Call[] => calls.filter((call) => catalogue(call) === undefined);

describe('a session with Oracle, over a driver that has no server', () => {
  it('reads what the catalogue says of tables', async () => {
    const { session, calls } = sessionOf(() => ({}));
    const { tables, notices } = await session.introspect();
    expect(tables[0]).toMatchObject({
      ...ORDER,
      comment: 'orders',
      rowEstimate: 7,
      primaryKey: { name: 'PK', columns: ['ID'] },
      uniqueKeys: [{ name: 'MAKER.UX', columns: ['Name'] }],
      foreignKeys: [{ name: 'FK', to: ORDER, toColumns: ['ID'], isDeferrable: true }],
      checks: [{ name: 'CK', expression: 'price > 0' }],
    });
    expect(
      tables[0]?.columns.map(({ name, kind, type, generated, default: given }) => [name, kind, type, generated, given]),
    ).toEqual([
      ['ID', 'integer', 'NUMBER(19)', 'by_default', null],
      ['Name', 'text', 'VARCHAR2(40 CHAR)', null, null],
      ['PRICE', 'decimal', 'NUMBER(30,10)', null, '0'],
      ['AMOUNT', 'decimal', 'NUMBER', null, null],
      ['WEIGHT', 'float', 'BINARY_DOUBLE', null, null],
      ['PHOTO', 'binary', 'BLOB', null, null],
      ['DAY', 'datetime', 'DATE', null, null],
      ['AT', 'datetime_zoned', 'TIMESTAMP(6) WITH TIME ZONE', null, null],
      ['DOC', 'json', 'JSON', null, null],
      ['TOTAL', 'decimal', 'NUMBER', 'always', null],
    ]);
    expect(notices.map(({ subject }) => subject)).toEqual(['ORDER', 'ORDER.OFF', 'ORDER.MAKER.FX']);
    expect(calls[0]?.binds).toEqual({ only: null, s0: 'MAKER' });
  });

  it('sends one statement for all rows, and each batch by itself', async () => {
    const { session, calls } = sessionOf(() => ({ rowsAffected: 2 }));
    const rows = [
      {
        ID: 10n ** 18n,
        Name: 'ä😀',
        PRICE: '0.10',
        WEIGHT: 1 / 3,
        PHOTO: Uint8Array.of(0, 255),
        DAY: '2026-01-31',
        AT: '2026-01-31T13:05:00.5Z',
        DOC: { a: 1 },
      },
      { ID: 2, Name: null, PRICE: null, WEIGHT: null, PHOTO: null, DAY: null, AT: null, DOC: null },
    ];
    expect(await session.insert(ORDER, [rows])).toMatchObject({ written: 2 });
    const [insert, commit] = after(calls);
    expect(commit?.what).toBe('commit');
    expect(insert).toMatchObject({
      what: 'executeMany',
      text:
        'INSERT INTO "MAKER"."ORDER" ("ID", "Name", "PRICE", "WEIGHT", "PHOTO", "DAY", "AT", "DOC") VALUES (TO_NUMBER(:1), :2, TO_NUMBER(:3), :4, :5, ' +
        `CAST(TO_TIMESTAMP(:6, 'YYYY-MM-DD"T"HH24:MI:SS.FF') AS DATE), TO_TIMESTAMP_TZ(:7, 'YYYY-MM-DD"T"HH24:MI:SS.FFTZH:TZM'), JSON(:8))`,
      binds: [
        [
          '1000000000000000000',
          'ä😀',
          '0.10',
          1 / 3,
          Buffer.from([0, 255]),
          '2026-01-31T00:00:00.0',
          '2026-01-31T13:05:00.5+00:00',
          '{"a":1}',
        ],
        ['2', ...Array(7).fill(null)],
      ],
      options: { autoCommit: false },
    });
    expect(
      ((insert?.options.bindDefs ?? []) as { type: unknown; maxSize?: number }[])
        .map(({ type, maxSize }) => [type, maxSize])
        .slice(1, 5),
    ).toEqual([
      [oracledb.DB_TYPE_VARCHAR, 6],
      [oracledb.DB_TYPE_VARCHAR, 4],
      [oracledb.DB_TYPE_BINARY_DOUBLE, undefined],
      [oracledb.DB_TYPE_RAW, 2],
    ]);
  });

  it('gives back keys of inserts at once, and of upserts row by row', async () => {
    const returned: unknown[] = [];
    const options = {
      returning: ['ID', 'DAY'],
      onBatch: (one: { returned: readonly unknown[] }) => void returned.push(...one.returned),
    };
    const plain = sessionOf(() => ({
      rowsAffected: 2,
      outBinds: [
        [['1'], ['2026-01-31T00:00:00']],
        [['2'], [null]],
      ],
    }));
    await plain.session.insert(ORDER, [[{ Name: 'a' }, { Name: 'b' }]], options);
    expect(returned.splice(0)).toEqual([
      { ID: 1, DAY: '2026-01-31T00:00:00' },
      { ID: 2, DAY: null },
    ]);
    expect(after(plain.calls)[0]?.text).toBe(
      `INSERT INTO "MAKER"."ORDER" ("Name") VALUES (:1) RETURNING "ID", TO_CHAR("DAY", 'YYYY-MM-DD"T"HH24:MI:SS') INTO :2, :3`,
    );
    const merge = sessionOf(({ what, binds }) =>
      what === 'executeMany' ? { rowsAffected: 1, dmlRowCounts: [0, 1] } : { rows: [[(binds as unknown[])[0], null]] },
    );
    await merge.session.insert(ORDER, [[{ ID: 5 }, { ID: 6 }]], { ...options, onConflict: 'skip' });
    expect(returned).toEqual([{ ID: 6, DAY: null }]);
    expect(after(merge.calls)[0]?.text).toBe(
      'MERGE INTO "MAKER"."ORDER" t USING (SELECT TO_NUMBER(:1) AS "ID" FROM DUAL) s ON (t."ID" = s."ID") WHEN NOT MATCHED THEN INSERT ("ID") VALUES (s."ID")',
    );
    await plain.session.insert(ORDER, [[{}, {}]]);
    expect(after(plain.calls).at(-2)).toMatchObject({
      text: 'INSERT INTO "MAKER"."ORDER" ("ID") VALUES (DEFAULT)',
      binds: 2,
    });
  });

  it('changes rows that are there, removes by keys, reads in parts', async () => {
    const { session, calls } = sessionOf(({ options }) =>
      options.resultSet === true
        ? {
            rows: Array.from({ length: 2500 }, (_, i) => [
              String(i),
              '.5',
              '2026-01-31T13:05:00',
              '2026-01-31T13:05:00.500000000',
              '{"a":9007199254740993}',
            ]),
          }
        : { rowsAffected: 1 },
    );
    await session.insert(ORDER, [[{ ID: 1, PRICE: 2 }]], { onConflict: 'update' });
    expect(after(calls)[0]?.text).toContain(
      'WHEN MATCHED THEN UPDATE SET "PRICE" = s."PRICE" WHEN NOT MATCHED THEN INSERT ("ID", "PRICE") VALUES (s."ID", s."PRICE")',
    );
    await session.remove(ORDER, [
      [
        { ID: 1, Name: 'a' },
        { ID: 2, Name: 'b' },
        { ID: 3, Name: null },
      ],
    ]);
    expect(
      after(calls)
        .slice(2, 4)
        .map(({ text, binds }) => [text, binds]),
    ).toEqual([
      [
        'DELETE FROM "MAKER"."ORDER" WHERE (("ID" = TO_NUMBER(:1) AND "Name" = :2))',
        [
          ['1', 'a'],
          ['2', 'b'],
        ],
      ],
      ['DELETE FROM "MAKER"."ORDER" WHERE "ID" IN (TO_NUMBER(:1)) AND "Name" IS NULL', [['3']]],
    ]);
    const sizes: number[] = [];
    const columns = ['ID', 'AMOUNT', 'DAY', 'AT', 'DOC'];
    for await (const rows of session.read({
      table: ORDER,
      columns,
      where: [{ column: 'ID', is: '>', value: 0 }],
      limit: 2500,
    })) {
      sizes.push(rows.length);
      expect(rows[0]).toMatchObject({
        AMOUNT: '0.5',
        DAY: '2026-01-31T13:05:00',
        AT: '2026-01-31T13:05:00.5Z',
        DOC: { a: 9007199254740993n },
      });
    }
    expect(sizes).toEqual([16, 64, 256, 1000, 1000, 164]);
    expect(after(calls).at(-1)?.text).toMatch(
      /^SELECT "ID", "AMOUNT", TO_CHAR\("DAY", .* WHERE "ID" > TO_NUMBER\(:1\) FETCH FIRST 2500 ROWS ONLY$/,
    );
  });

  it.each([
    [
      1,
      'constraint',
      "unique constraint (MAKER.PK) violated on table MAKER.ORDER columns (ID)\nORA-03301: (ORA-00001 details) row with column values (ID:'Kl4rtext') already exists",
      'MAKER.PK',
    ],
    [1400, 'constraint', 'cannot insert NULL into ("MAKER"."ORDER"."ID")', 'MAKER.ORDER.ID'],
    [2291, 'constraint', 'integrity constraint (MAKER.FK) violated - parent key not found', 'MAKER.FK'],
    [12899, 'value', 'value too large for column "MAKER"."ORDER"."Name" (actual: 50, maximum: 40)', 'MAKER.ORDER.Name'],
    [1722, 'value', "unable to convert string value containing 'Kl4rtext' to a number", 'a value'],
    [20001, 'constraint', 'Kl4rtext is not wanted\nORA-06512: at line 1', 'a trigger'],
    [1031, 'permission', 'insufficient privileges', 'insufficient'],
    [60, 'busy', 'deadlock detected while waiting for resource', 'deadlock'],
    [3113, 'broken', 'end-of-file on communication channel', 'broke'],
    [7445, 'protocol', 'Kl4rtext', 'refused'],
  ] as const)('says of ORA-%d that it is %s, and shows no value', async (number, problem, text, shown) => {
    const { session, calls } = sessionOf(({ what }) => (what === 'executeMany' ? ora(number, text) : {}));
    const error = await errorOf(session.insert(ORDER, [[{ ID: 1 }]]));
    expect(error).toMatchObject({ problem, written: 0, message: expect.stringContaining(shown) });
    expect(allTextOf(error)).not.toContain('Kl4rtext');
    expect(calls.at(-1)?.what).toBe('rollback');
  });

  it('for reading asks the server for a transaction that reads, and refuses what writes', async () => {
    const { session, calls } = sessionOf(() => ({ names: ['N'], rows: [['1']] }), true);
    expect(await errorOf(session.insert(ORDER, [[{ ID: 1 }]]))).toMatchObject({ problem: 'read_only' });
    for (const text of ['DELETE FROM "ORDER"', 'BEGIN NULL; END;', 'SELECT s.NEXTVAL FROM dual']) {
      expect(await errorOf(session.execute?.(text) as Promise<unknown>)).toMatchObject({ problem: 'read_only' });
    }
    expect(await session.execute?.('SELECT 1 AS n FROM dual')).toEqual([{ N: '1' }]);
    expect(calls.map(({ what, text }) => text || what)).toEqual([
      'SET TRANSACTION READ ONLY',
      'SELECT 1 AS n FROM dual',
      'rollback',
    ]);
  });

  it('lets no order to end a statement, which comes late, end the next one', async () => {
    const stop = new AbortController();
    const { session, calls } = sessionOf(({ what }) => {
      if (what === 'executeMany') stop.abort(new Error('enough'));
      return { rowsAffected: 1 };
    });
    await session.insert(ORDER, [[{ ID: 1 }]], { signal: stop.signal });
    expect(after(calls).map(({ what, text }) => (what === 'execute' ? text : what))).toEqual([
      'executeMany',
      'BEGIN NULL; END;',
      'commit',
    ]);
  });

  it('keeps what a statement of somebody writes at once, outside of a transaction', async () => {
    const { session, calls } = sessionOf(() => ({}));
    await session.execute?.('DELETE FROM "ORDER" WHERE id = :1', [5n]);
    expect(calls[0]).toMatchObject({ binds: ['5'], options: { autoCommit: true } });
    await session.transaction(async () => void (await session.execute?.('DELETE FROM "ORDER"')));
    expect(calls[1]).toMatchObject({ options: { autoCommit: false } });
  });

  it('refuses names that Oracle cannot have', () => {
    for (const name of ['', 'a"b', 'x'.repeat(129), 'a\0']) {
      expect(() => dialect.quote(name)).toThrow(expect.objectContaining({ problem: 'not_found' }));
    }
  });
});
