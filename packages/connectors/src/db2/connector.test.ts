import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { Dialer } from '../dial/dialer.ts';
import { OutboundPolicy } from '../dial/outbound-policy.ts';
import type { Session } from '../session.ts';
import { allTextOf, errorOf } from '../testing/contract/workbench.ts';
import { parseDb2 } from './config.ts';
import { db2Over } from './connector.ts';
import { type Call, type FakeAnswer, fakeDriver } from './testing/fake-driver.ts';

const PASSWORD = 'S3CRET-pä$$';
const ORDER = { schema: 'MAKER', name: 'ORDER' };
const servers: Server[] = [];
const sessions: Session[] = [];
afterEach(async () => {
  await Promise.all(sessions.splice(0).map((session) => session.close()));
  for (const server of servers.splice(0)) server.close();
});

/** Something that listens where a Db2 would, and says what it hears. */
async function listening(answers = true): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    if (answers) socket.pipe(socket);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as { port: number }).port;
}

const COLUMN =
  'SCHEMA TABLE_NAME NAME TYPE LENGTH SCALE CODEPAGE UNITS UNITS_LENGTH NULLS DEFAULT_TEXT IDENTITY GENERATED REMARKS'.split(
    ' ',
  );
const column = (
  name: string,
  type: string,
  length: number,
  more: Readonly<Record<string, unknown>> = {},
): unknown[] => {
  const row: Readonly<Record<string, unknown>> = {
    SCHEMA: 'MAKER',
    TABLE_NAME: 'ORDER',
    NAME: name,
    TYPE: type,
    LENGTH: length,
    SCALE: 0,
    CODEPAGE: 1208,
    NULLS: 'Y',
    IDENTITY: 'N',
    GENERATED: ' ',
    ...more,
  };
  return COLUMN.map((part) => row[part] ?? null);
};

function catalogue({ text }: Call): FakeAnswer | undefined {
  if (!text.includes('SYSCAT.TABLES')) return undefined;
  if (text.includes('AS ROW_ESTIMATE')) {
    return { names: 'SCHEMA NAME REMARKS ROW_ESTIMATE TRIGGERS'.split(' '), rows: [['MAKER', 'ORDER', null, '-1', 1]] };
  }
  if (text.includes('AS CODEPAGE')) {
    return {
      names: COLUMN,
      rows: [
        column('ID', 'BIGINT', 8, { IDENTITY: 'Y', GENERATED: 'D', NULLS: 'N' }),
        column('Name"', 'VARCHAR', 40, { UNITS: 'OCTETS', UNITS_LENGTH: 40, DEFAULT_TEXT: "'x'" }),
        column('PRICE', 'DECIMAL', 30, { SCALE: 10 }),
        column('WEIGHT', 'DOUBLE', 8),
        column('PHOTO', 'VARBINARY', 100, { CODEPAGE: 0 }),
        column('BITS', 'CHARACTER', 4, { CODEPAGE: 0 }),
        column('AT', 'TIMESTAMP', 10, { SCALE: 6 }),
        column('IS', 'BOOLEAN', 1),
        column('TOTAL', 'INTEGER', 4, { GENERATED: 'A' }),
      ],
    };
  }
  if (text.includes('SYSCAT.INDEXES')) {
    return {
      names: 'SCHEMA TABLE_NAME NAME RULE COLUMN_NAME IS_EXPRESSION'.split(' '),
      rows: [
        ['MAKER', 'ORDER', 'PK', 'P', 'ID', 'N'],
        ['MAKER', 'ORDER', 'UQ', 'U', 'Name"', 'N'],
        ['MAKER', 'ORDER', 'UX', 'U', 'K00', 'Y'],
      ],
    };
  }
  if (text.includes('SYSCAT.REFERENCES')) {
    return {
      names: 'SCHEMA TABLE_NAME NAME TO_SCHEMA TO_NAME COLUMN_NAME TO_COLUMN ENFORCED'.split(' '),
      rows: [['MAKER', 'ORDER', 'FK', 'MAKER', 'ORDER', 'ID', 'ID', 'Y']],
    };
  }
  return {
    names: 'SCHEMA TABLE_NAME NAME EXPRESSION ENFORCED'.split(' '),
    rows: [
      ['MAKER', 'ORDER', 'CK', 'PRICE > 0', 'Y'],
      ['MAKER', 'ORDER', 'OFF', 'PRICE > 1', 'N'],
    ],
  };
}

interface Said {
  readonly readOnly?: boolean;
  readonly dialer?: Dialer;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  readonly port?: number;
  readonly secrets?: { readonly password: string };
}

async function open(answer: (call: Call) => FakeAnswer | Error, said: Said = {}) {
  const { port = await listening(), ...more } = said;
  const fake = fakeDriver((call) => catalogue(call) ?? answer(call));
  const connector = db2Over(fake.driver);
  const { config, secrets } = connector.parse({
    url: `db2://maker:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/shop`,
  });
  const dialer = new Dialer(new OutboundPolicy(['127.0.0.0/8']));
  const session = await connector.open(config, { dialer, secrets, readOnly: false, timeoutMs: 2000, ...more });
  sessions.push(session);
  return { session, ...fake };
}

const sql = (sqlcode: number, sqlstate: string, text: string): Error =>
  Object.assign(new Error(`[IBM][CLI Driver][DB2/LINUXX8664] SQL0000N  ${text}  SQLSTATE=${sqlstate}\n`), {
    error: '[ibm_db] SQL_ERROR',
    sqlcode,
    sqlstate,
  });

describe('a connection to Db2, over a driver that has no server', () => {
  it('has the driver connect to this machine only, by a list of words that nothing can be added to', async () => {
    const { opened } = await open(() => ({}));
    expect(opened[0]).toMatch(
      /^DATABASE=shop;HOSTNAME=127\.0\.0\.1;PORT=\d+;PROTOCOL=TCPIP;UID=maker;PWD=S3CRET-pä\$\$;ConnectTimeout=2;EnableACR=false;EnableSeamlessACR=false;EnableWLB=false;ClientApplName=datamaker;$/,
    );
    for (const url of [
      'db2://a:x%3BSSLServerCertificate=%2Fetc@h/d',
      'db2://a%3B:x@h/d',
      'db2://a:%20x@h/d',
      'db2://a:x@h/d;e',
      'db2://a:x@h/',
      'db2://h/d',
      'db2://a:x@h/d?security=SSL',
    ]) {
      expect(() => parseDb2({ url })).toThrow(expect.objectContaining({ problem: 'invalid_config' }));
    }
  });

  it('takes no orders to the driver out of a password that is kept apart', async () => {
    for (const password of ['x;HOSTNAME=169.254.169.254', 'x;TraceFileName=/etc/cron.d/x', 'x\r\n', ' x', '']) {
      const error = await errorOf(open(() => ({}), { secrets: { password } }));
      expect(error).toMatchObject({ problem: 'invalid_config', message: expect.stringContaining('semicolon') });
      expect(allTextOf(error)).not.toContain('HOSTNAME=169');
    }
  });

  it('says when nobody is there, nobody answers, and stops when it is told to', async () => {
    const closed = new Dialer(new OutboundPolicy());
    expect(await errorOf(open(() => ({}), { dialer: closed }))).toMatchObject({ problem: 'target_not_allowed' });
    const port = await listening(false);
    expect(await errorOf(open(() => ({}), { port, timeoutMs: 300 }))).toMatchObject({ problem: 'timeout' });
    const stop = new AbortController();
    servers.at(-1)?.once('connection', () => stop.abort(new Error('enough')));
    expect((await errorOf(open(() => ({}), { port, signal: stop.signal }))).message).toBe('enough');
    servers.pop()?.close();
    expect(await errorOf(open(() => ({}), { port }))).toMatchObject({ problem: 'refused' });
    const cutting = createServer((socket) => void socket.once('data', () => socket.destroy()));
    servers.push(cutting);
    await new Promise<void>((resolve) => cutting.listen(0, '127.0.0.1', resolve));
    const cut = (cutting.address() as { port: number }).port;
    expect(await errorOf(open(() => ({}), { port: cut }))).toMatchObject({
      problem: expect.stringMatching(/^(broken|refused)$/),
    });
  });

  it('reads what the catalogue says of tables', async () => {
    const { session, calls } = await open(() => ({}));
    const { tables, notices } = await session.introspect();
    expect(tables[0]).toMatchObject({
      ...ORDER,
      rowEstimate: null,
      primaryKey: { name: 'PK', columns: ['ID'] },
      uniqueKeys: [{ name: 'UQ', columns: ['Name"'], nullsAreEqual: true }],
      foreignKeys: [{ name: 'FK', to: ORDER, columns: ['ID'], toColumns: ['ID'] }],
      checks: [{ name: 'CK', expression: 'PRICE > 0' }],
    });
    expect(tables[0]?.columns.map(({ name, kind, type, generated }) => [name, kind, type, generated])).toEqual([
      ['ID', 'integer', 'BIGINT', 'by_default'],
      ['Name"', 'text', 'VARCHAR(40 OCTETS)', null],
      ['PRICE', 'decimal', 'DECIMAL(30,10)', null],
      ['WEIGHT', 'float', 'DOUBLE', null],
      ['PHOTO', 'binary', 'VARBINARY(100)', null],
      ['BITS', 'binary', 'CHARACTER(4) FOR BIT DATA', null],
      ['AT', 'datetime', 'TIMESTAMP(6)', null],
      ['IS', 'boolean', 'BOOLEAN', null],
      ['TOTAL', 'integer', 'INTEGER', 'always'],
    ]);
    expect(notices.map(({ subject }) => subject)).toEqual(['ORDER', 'ORDER.UX', 'ORDER.OFF']);
    expect(calls[0]?.parameters).toEqual(['MAKER']);
    await session.describe(ORDER);
    expect(calls.at(-1)?.parameters).toEqual(['MAKER', 'ORDER']);
  });

  it('writes rows, gives keys back in their order, and looks for rows that are there', async () => {
    const { session, calls, deeds } = await open(({ text }) =>
      text.includes('FINAL TABLE')
        ? {
            rows: [
              ['1', 1],
              ['9007199254740993', null],
            ],
          }
        : text.includes('WHERE "ID" = ?')
          ? { rows: [['7', 0]] }
          : { affected: 2 },
    );
    const row = {
      'Name"': 'ä',
      PRICE: '0.10',
      WEIGHT: 1 / 3,
      PHOTO: Uint8Array.of(0, 255),
      AT: '2026-01-31T13:05:00.5',
      IS: true,
    };
    await session.insert(ORDER, [[row, { ...row, IS: null }]]);
    expect(deeds.slice(-3)).toEqual([
      'begin',
      'INSERT INTO "MAKER"."ORDER" ("Name""", "PRICE", "WEIGHT", "PHOTO", "AT", "IS") VALUES (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?)',
      'commit',
    ]);
    expect(calls.at(-1)?.parameters.slice(0, 7)).toEqual([
      'ä',
      '0.10',
      1 / 3,
      Buffer.from([0, 255]),
      '2026-01-31 13:05:00.5',
      'true',
      'ä',
    ]);
    const returned: unknown[] = [];
    const options = {
      returning: ['ID', 'IS'],
      onBatch: (one: { returned: readonly unknown[] }) => void returned.push(...one.returned),
    };
    await session.insert(ORDER, [[{ PRICE: 1 }, { PRICE: 2 }]], options);
    expect(returned).toEqual([
      { ID: 1, IS: true },
      { ID: 9007199254740993n, IS: null },
    ]);
    expect(calls.at(-1)?.text).toBe(
      'SELECT VARCHAR("ID"), CASE WHEN "IS" THEN 1 WHEN NOT "IS" THEN 0 END FROM FINAL TABLE (INSERT INTO "MAKER"."ORDER" ("PRICE") VALUES (?), (?)) ORDER BY INPUT SEQUENCE',
    );
    await session.insert(
      ORDER,
      [
        [
          { ID: 1, 'Name"': 'a' },
          { ID: 2, 'Name"': 'b' },
        ],
      ],
      { onConflict: 'update' },
    );
    expect(calls.at(-1)?.text).toBe(
      'MERGE INTO "MAKER"."ORDER" t USING (VALUES (CAST(? AS BIGINT), CAST(? AS VARCHAR(40 OCTETS))), (CAST(? AS BIGINT), CAST(? AS VARCHAR(40 OCTETS)))) AS s ("ID", "Name""") ' +
        'ON (t."ID" = s."ID") WHEN MATCHED THEN UPDATE SET "Name""" = s."Name""" WHEN NOT MATCHED THEN INSERT ("ID", "Name""") VALUES (s."ID", s."Name""")',
    );
    const long = { ID: 1, 'Name"': 'ß'.repeat(21) };
    expect(await errorOf(session.insert(ORDER, [[long]], { onConflict: 'update' }))).toMatchObject({
      problem: 'value',
    });
    await session.insert(ORDER, [[{ ID: 7 }]], { ...options, onConflict: 'skip' });
    expect(returned.at(-1)).toEqual({ ID: 7, IS: false });
    await session.remove(ORDER, [
      [
        { ID: 1, PRICE: null },
        { ID: 2, PRICE: null },
      ],
    ]);
    expect(calls.at(-1)?.text).toBe('DELETE FROM "MAKER"."ORDER" WHERE "ID" IN (?, ?) AND "PRICE" IS NULL');
  });

  it('reads rows in parts, in the form that all systems share', async () => {
    const { session, calls } = await open(() => ({
      rows: Array.from({ length: 2500 }, () => [
        '9007199254740993',
        '-.5000000000',
        0.5,
        '00FF',
        '2026-01-31-13.05.00.120000',
        1,
      ]),
    }));
    const sizes: number[] = [];
    const columns = ['ID', 'PRICE', 'WEIGHT', 'PHOTO', 'AT', 'IS'];
    for await (const rows of session.read({ table: ORDER, columns, limit: 9 })) {
      sizes.push(rows.length);
      expect(rows[0]).toEqual({
        ID: 9007199254740993n,
        PRICE: '-0.5000000000',
        WEIGHT: 0.5,
        PHOTO: Uint8Array.of(0, 255),
        AT: '2026-01-31T13:05:00.12',
        IS: true,
      });
    }
    expect(sizes).toEqual([16, 64, 256, 1000, 1000, 164]);
    expect(calls.at(-1)?.text).toBe(
      'SELECT VARCHAR("ID"), VARCHAR("PRICE"), "WEIGHT", HEX("PHOTO"), VARCHAR("AT"), CASE WHEN "IS" THEN 1 WHEN NOT "IS" THEN 0 END FROM "MAKER"."ORDER" FETCH FIRST 9 ROWS ONLY',
    );
  });

  it.each([
    [
      -803,
      '23505',
      'One or more values in the INSERT statement are not valid because the primary key constrains table "MAKER.ORDER" from having duplicate values.',
      'constraint',
      'MAKER.ORDER',
    ],
    [
      -545,
      '23513',
      'The requested operation is not allowed because a row does not satisfy the check constraint "MAKER.ORDER.CK".',
      'constraint',
      'MAKER.ORDER.CK',
    ],
    [
      -530,
      '23503',
      'The insert or update value of the FOREIGN KEY "MAKER.ORDER.FK" is not equal to any value of the parent key.',
      'constraint',
      'MAKER.ORDER.FK',
    ],
    [
      -407,
      '23502',
      'Assignment of a NULL value to a NOT NULL column "TBSPACEID=2" is not allowed.',
      'constraint',
      'NOT NULL',
    ],
    [-433, '22001', 'Value "Kl4rtext" is too long.', 'value', 'a value'],
    [-438, '75001', 'Application raised error or warning with diagnostic text: "Kl4rtext".', 'constraint', 'a trigger'],
    [
      -551,
      '42501',
      'The statement failed because the authorization ID does not have the required privilege.',
      'permission',
      'privilege',
    ],
    [
      -911,
      '40001',
      'The current transaction has been rolled back because of a deadlock or timeout.',
      'busy',
      'deadlock',
    ],
    [-999, '99999', 'Kl4rtext', 'protocol', 'refused'],
  ] as const)('says of SQLCODE %d what it is, and shows no value', async (code, state, text, problem, shown) => {
    const { session, deeds } = await open(() => sql(code, state, text));
    const error = await errorOf(session.insert(ORDER, [[{ ID: 1 }]]));
    expect(error).toMatchObject({ problem, written: 0, message: expect.stringContaining(shown) });
    expect(allTextOf(error)).not.toContain('Kl4rtext');
    expect(deeds.at(-1)).toBe('rollback');
  });

  it('for reading refuses what writes, and takes back what a statement does in passing', async () => {
    const { session, deeds } = await open(() => ({ names: ['N'], rows: [[1]] }), { readOnly: true });
    for (const text of ['DELETE FROM "ORDER"', 'SELECT * FROM FINAL TABLE (INSERT INTO T VALUES 1)', 'CALL P()']) {
      expect(await errorOf(session.execute?.(text) as Promise<unknown>)).toMatchObject({ problem: 'read_only' });
    }
    expect(await session.execute?.('VALUES 1')).toEqual([{ N: 1 }]);
    expect(deeds).toEqual(['begin', 'VALUES 1', 'rollback']);
  });

  it('breaks when it is to stop, since the driver cannot', async () => {
    const stop = new AbortController();
    const { session } = await open(() => {
      stop.abort(new Error('enough'));
      return { affected: 1 };
    });
    const rows = [{ ID: 1 }, { ID: 2 }];
    const inserting = session.insert(ORDER, [rows], { signal: stop.signal, batchSize: 1 });
    expect((await errorOf(inserting)).message).toBe('enough');
    expect(await errorOf(session.insert(ORDER, [rows], { signal: stop.signal }))).toMatchObject({ message: 'enough' });
  });
});
