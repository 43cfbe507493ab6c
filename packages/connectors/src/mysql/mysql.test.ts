import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ConnectionError } from '../connection-error.ts';
import type { OpenOptions } from '../connector.ts';
import { Dialer } from '../dial/dialer.ts';
import { OutboundPolicy } from '../dial/outbound-policy.ts';
import type { TableName } from '../schema/schema.ts';
import type { InsertOptions, Session } from '../session.ts';
import { SqlSession } from '../sql/sql-session.ts';
import { type MariaDbServer, startMariaDb } from '../testing/start-mariadb.ts';
import type { Row } from '../value.ts';
import { mysqlConfig } from './config.ts';
import { mysql } from './connector.ts';
import { dialect } from './dialect.ts';
import { openConnection } from './open-connection.ts';

const named = (name: string): TableName => ({ schema: 'shop', name });
const WITHOUT_RETURNING = { hasReturning: false };

describe('MariaDB', () => {
  let server: MariaDbServer;
  let session: Session;
  const sessions: Session[] = [];
  const parsed = (query = '') =>
    mysql.parse({
      url: `mysql://test:${encodeURIComponent(server.password)}@127.0.0.1:${server.port}/shop${query}`,
    });
  const open = async (query = '', options: Partial<OpenOptions> = {}, known = {}): Promise<Session> => {
    const { config, secrets } = parsed(query);
    const dialer = new Dialer(new OutboundPolicy(['127.0.0.0/8']));
    const all = { dialer, secrets, readOnly: false, ...options };
    const opened = new SqlSession(await openConnection(mysqlConfig(config), all, known), dialect, all);
    sessions.push(opened);
    return opened;
  };
  const all = async (table: string, from = session): Promise<Row[]> => {
    const rows: Row[] = [];
    for await (const some of from.read({ table: named(table) })) rows.push(...some);
    return rows;
  };
  const problemOf = (work: Promise<unknown> | undefined): Promise<string> =>
    Promise.resolve(work).then(
      () => 'none',
      (error: ConnectionError) => error.problem,
    );
  const insert = async (table: string, rows: readonly Row[], options: InsertOptions = {}, to = session) => {
    const returned: Row[] = [];
    const report = await to.insert(named(table), [rows], {
      ...options,
      onBatch: (one) => void returned.push(...one.returned),
    });
    return { ...report, returned };
  };

  beforeAll(async () => {
    server = await startMariaDb(['--max-allowed-packet=1M']);
  });
  beforeEach(async () => {
    await Promise.all(sessions.splice(0).map((one) => one.close()));
    await server.query('DROP DATABASE shop; CREATE DATABASE shop CHARACTER SET utf8mb4; USE shop');
    session = await open();
  });
  afterAll(() => server?.stop());

  it('keeps values of its own types, on each way in', async () => {
    await server.query(`
      CREATE TABLE own (id int PRIMARY KEY, tu tinyint unsigned, bu bigint unsigned, b boolean, five boolean, n decimal(65,30), f float, d double,
        b1 bit, b5 bit(5), b64 bit(64), bin binary(4), bl longblob, c char(5), t text, nul text, e enum('sad','it''s "fine"'), st set('a','b','c'),
        y year, zero_year year, dt date, zero date, part date, tm time, tm6 time(6), da datetime, da6 datetime(6), zero_da datetime,
        ts timestamp(6) NULL, last timestamp NULL, j json, u uuid, ip4 inet4, ip6 inet6, g geometry, p point, la varchar(10) CHARACTER SET latin1)`);
    const row: Row = {
      id: 1,
      tu: 255,
      bu: 2n ** 64n - 1n,
      b: true,
      five: 5,
      n: '12345678901234567890123456789012345.012345678901234567890123456789',
      f: 0.1,
      d: 0.1,
      b1: true,
      b5: '10101',
      b64: '1'.repeat(64),
      bin: Uint8Array.of(0, 39, 92, 255),
      bl: Uint8Array.of(0, 39, 92, 255, 10, 26),
      c: 'ab',
      t: 'x',
      nul: 'a\0b\\0\u001a',
      e: `it's "fine"`,
      st: 'a,c',
      y: 2155,
      zero_year: 0,
      dt: '9999-12-31',
      zero: '0000-00-00',
      part: '2026-00-00',
      tm: '-838:59:59',
      tm6: '838:59:58.000001',
      da: '1000-01-01T00:00:00',
      da6: '9999-12-31T23:59:59.999999',
      zero_da: '0000-00-00T00:00:00',
      ts: '1970-01-01T00:00:01.5Z',
      last: '2038-01-19T03:14:07Z',
      j: { b: 2n ** 60n, a: ["'", '\\', '"', null] },
      u: '01893a5e-7c1b-7def-8123-456789abcdef',
      ip4: '192.168.0.1',
      ip6: '2001:db8::ff00:42:8329',
      g: 'LINESTRING(0 0,1.5 2)',
      p: 'POINT(1 2)',
      la: 'Größe€',
    };
    const rows = [row, { ...Object.fromEntries(Object.keys(row).map((name) => [name, null])), id: 2 }];
    const old = await open('', {}, WITHOUT_RETURNING);
    for (const to of [session, old]) {
      for (const options of [{}, { returning: Object.keys(row) }, { onConflict: 'update' as const }]) {
        const { returned } = await insert('own', rows, options, to);
        expect(await all('own')).toEqual(rows);
        if ('returning' in options) expect(returned).toEqual(rows);
        await session.remove(named('own'), [[{ id: 1 }, { id: 2 }]]);
      }
    }
    // The same as keys.
    await session.insert(named('own'), [rows]);
    for (const [column, value] of Object.entries(row)) {
      if (['f', 'g', 'p', 'j'].includes(column)) continue;
      const found: Row[] = [];
      const where = [{ column, is: '=' as const, value }];
      for await (const some of session.read({ table: named('own'), columns: ['id'], where })) found.push(...some);
      expect(found, column).toEqual([{ id: 1 }]);
    }
  });

  it('cuts, rounds to another whole and guesses nothing', async () => {
    await server.query(
      `CREATE TABLE narrow (id int PRIMARY KEY, v varchar(3), c char(3), bin varbinary(3), u int unsigned, i int, n decimal(4,1), e enum('a'), y year,
        dt date, da datetime, b bit(3), ts timestamp NULL, la varchar(9) CHARACTER SET latin1, uu uuid)`,
    );
    const bad: Row[] = [
      { v: 'abcd' },
      { c: 'abcd' },
      { bin: Uint8Array.of(1, 2, 3, 4) },
      { bin: 'abc' },
      { u: -1 },
      { i: 1.5 },
      { i: '12x' },
      { i: Number.NaN },
      { n: '1234.5' },
      { n: Number.POSITIVE_INFINITY },
      { n: '1,5' },
      { e: 'b' },
      { y: 1800 },
      { dt: '2026-02-30' },
      { da: 'tomorrow' },
      { b: '1010' },
      { b: '12' },
      { ts: '1969-12-31T23:59:59Z' },
      { la: '東' },
      { uu: 'no' },
      { v: '\ud800' },
      { v: ['a'] },
      { v: Uint8Array.of(1) },
    ];
    for (const one of bad) {
      for (const options of [{}, { returning: ['id'] }, { onConflict: 'update' as const }]) {
        const problem = await problemOf(session.insert(named('narrow'), [[{ id: 1, ...one }]], options));
        expect(problem, JSON.stringify(one)).toBe('value');
      }
    }
    expect(await session.count(named('narrow'))).toBe(0);
    // Spaces at the end of CHAR, moments in other zones, exponents.
    await session.insert(named('narrow'), [
      [{ id: 0, da: '2026-03-29T02:30:00+02:00', ts: '2026-03-29 02:30:00.5-0130', n: '1.25e2', i: 2n }],
    ]);
    expect(await all('narrow')).toMatchObject([
      { id: 0, da: '2026-03-29T00:30:00', ts: expect.stringMatching(/^2026-03-29T04:00:0[01]Z$/), n: '125.0', i: 2 },
    ]);
  });

  it('gives counting columns the values that are named, 0 as well, and computed ones never', async () => {
    await server.query('CREATE TABLE made (id int AUTO_INCREMENT PRIMARY KEY, v int, twice int AS (v * 2) STORED)');
    for (const to of [session, await open('', {}, WITHOUT_RETURNING)]) {
      await server.query('TRUNCATE made');
      await insert(
        'made',
        [
          { id: 50, v: 1 },
          { id: 0, v: 2 },
        ],
        {},
        to,
      );
      const { returned } = await insert('made', [{ v: 3 }, { v: 4 }], { returning: ['id', 'twice'] }, to);
      expect(returned).toEqual([
        { id: 51, twice: 6 },
        { id: 52, twice: 8 },
      ]);
      const mixed = [
        { id: null, v: 5 },
        { id: 90, v: 6 },
        { id: null, v: 7 },
      ];
      expect((await insert('made', mixed, { returning: ['v', 'id'] }, to)).returned).toEqual([
        { id: 53, v: 5 },
        { id: 90, v: 6 },
        { id: 91, v: 7 },
      ]);
      await insert('made', [{ id: 50, v: 9 }], { onConflict: 'update' }, to);
      expect(await all('made')).toContainEqual({ id: 50, v: 9, twice: 18 });
      expect(await problemOf(insert('made', [{ v: 1, twice: 2 }], {}, to))).toBe('value');
      expect(await problemOf(insert('made', [{ v: 1, twice: 2 }], { returning: ['id'] }, to))).toBe('value');
    }
  });

  it('gives back what was made, however far the numbers are apart, and whatever tells the rows apart', async () => {
    await server.query(
      `CREATE TABLE made (id bigint unsigned AUTO_INCREMENT PRIMARY KEY, code varchar(9) UNIQUE, v int DEFAULT 7); CREATE TABLE loose (v int, w int DEFAULT 3);
       SET GLOBAL auto_increment_increment = 5`,
    );
    const to = await open('', {}, WITHOUT_RETURNING);
    await server.query('SET GLOBAL auto_increment_increment = 1');
    const rows = Array.from({ length: 250 }, (_, i) => ({ v: i }));
    const { returned } = await insert('made', rows, { returning: ['id', 'v'] }, to);
    expect(returned).toHaveLength(250);
    expect(returned).toEqual((await all('made')).map(({ id = null, v = null }) => ({ id, v })));
    expect(returned[1]?.id).toBe(Number(returned[0]?.id) + 5);
    const coded = Array.from({ length: 120 }, (_, i) => ({ code: `c${(i * 7) % 120}`, v: i }));
    const update = { onConflict: 'update' as const, key: ['code'], returning: ['code', 'v', 'id'] };
    const first = await insert('made', coded, update, to);
    expect(first.returned.map(({ code, v }) => ({ code, v }))).toEqual(coded);
    const second = await insert('made', coded.toReversed(), update, to);
    expect(second.returned).toEqual(first.returned.toReversed());
    expect((await insert('made', [{}, {}], { returning: ['v'] }, to)).returned).toEqual([{ v: 7 }, { v: 7 }]);
    expect(await problemOf(insert('loose', [{ v: 1 }], { returning: ['w'] }, to))).toBe('value');
    expect(await session.count(named('loose'))).toBe(0);
    expect((await insert('loose', [{ v: 1 }], { returning: ['w'] })).returned).toEqual([{ w: 3 }]);
  });

  it('changes or leaves out only rows that have the key that was asked for', async () => {
    await server.query(
      'CREATE TABLE two (id int PRIMARY KEY, code varchar(9) UNIQUE, v int); CREATE TABLE free (v int UNIQUE, w int)',
    );
    for (const to of [session, await open('', {}, WITHOUT_RETURNING)]) {
      await server.query(
        `TRUNCATE two; INSERT INTO two VALUES (1, 'a', 10), (2, 'b', 20); TRUNCATE free; INSERT INTO free VALUES (1, 1)`,
      );
      // Its code is that of another row.
      const clash = [
        { id: 3, code: 'x', v: 1 },
        { id: 4, code: 'a', v: 2 },
      ];
      for (const onConflict of ['skip', 'update'] as const) {
        for (const options of [{}, { returning: ['id'] }]) {
          const error = await insert('two', clash, { onConflict, ...options }, to).catch((one: ConnectionError) => one);
          expect(error).toMatchObject({
            problem: 'constraint',
            written: 0,
            message: expect.stringContaining('another key'),
          });
          expect(await session.count(named('two'))).toBe(2);
        }
      }
      const byCode = await insert(
        'two',
        [
          { id: 7, code: 'A', v: 11 },
          { id: 8, code: 'c', v: 30 },
        ],
        { onConflict: 'skip', key: ['code'], returning: ['id', 'v'] },
        to,
      );
      expect(byCode).toMatchObject({ written: 1, skipped: 1, returned: [{ id: 8, v: 30 }] });
      const same = [
        { id: 1, code: 'a', v: 10 },
        { id: 2, code: 'b', v: 21 },
        { id: 9, code: 'n', v: 9 },
      ];
      expect(await insert('two', same, { onConflict: 'update' }, to)).toMatchObject({ written: 3, skipped: 0 });
      expect(
        await insert(
          'free',
          [
            { v: 1, w: 2 },
            { v: 2, w: 2 },
          ],
          { onConflict: 'skip' },
          to,
        ),
      ).toMatchObject({
        written: 1,
        skipped: 1,
      });
      expect(await all('free')).toEqual([
        { v: 1, w: 1 },
        { v: 2, w: 2 },
      ]);
    }
  });

  it('sends as many statements as the server takes at once, and keeps a batch together', async () => {
    await server.query('CREATE TABLE wide (id int PRIMARY KEY, v longtext)');
    const wide = (id: number): Row => ({ id, v: '東'.repeat(100_000) });
    const rows = Array.from({ length: 10 }, (_, id) => wide(id));
    expect(await insert('wide', rows, { returning: ['id'] })).toMatchObject({ written: 10, returned: { length: 10 } });
    expect(await problemOf(insert('wide', [...rows.map((_, i) => wide(i + 20)), wide(3)]))).toBe('constraint');
    expect(await session.count(named('wide'))).toBe(10);
    const error = await insert('wide', [{ id: 99, v: '東'.repeat(400_000) }]).catch((one: ConnectionError) => one);
    expect(error).toMatchObject({ problem: 'value', hint: expect.stringContaining('max_allowed_packet') });
    expect(await session.count(named('wide'))).toBe(10);
  });

  it('sees tables of the databases that are named', async () => {
    await server.query(
      'DROP DATABASE IF EXISTS other; CREATE DATABASE other; CREATE TABLE other.thing (id int); CREATE TABLE thing (id int, v int)',
    );
    const both = await open('?schema=other,shop');
    expect((await both.introspect()).tables.map(({ schema, name }) => `${schema}.${name}`)).toEqual([
      'other.thing',
      'shop.thing',
    ]);
    expect((await both.describe({ schema: '', name: 'thing' })).schema).toBe('other');
    expect((await session.describe({ schema: '', name: 'thing' })).columns).toHaveLength(2);
    expect(await problemOf(session.describe(named('THING')))).toBe('not_found');
  });

  it('says what answers', async () => {
    expect(await session.verify()).toMatchObject({
      product: 'MariaDB',
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      notes: ['the connection is not encrypted'],
    });
  });

  it('sends statements and says what comes back', async () => {
    await server.query(`CREATE TABLE typed (i tinyint(1), b bit(3), one bit, j json, ts timestamp NULL, da datetime(3), dt date, tm time(2), bin blob, n decimal(20,2));
      INSERT INTO typed VALUES (1, b'101', 1, '{"a":1}', '2026-01-31 10:00:00', '2026-01-31 00:00:00', '2026-01-31', '10:00:00.5', x'00ff', 1.5)`);
    const wanted = {
      i: true,
      b: '101',
      one: true,
      j: { a: 1 },
      ts: '2026-01-31T10:00:00Z',
      da: '2026-01-31T00:00:00',
      dt: '2026-01-31',
      tm: '10:00:00.5',
      bin: Uint8Array.of(0, 255),
      n: '1.50',
    };
    expect(await session.execute?.('SELECT * FROM typed')).toEqual([wanted]);
    expect(await session.execute?.('SELECT * FROM typed WHERE dt = ?', ['2026-01-31'])).toEqual([wanted]);
    const rows = await session.execute?.(
      `SELECT ? + 0 AS n, ? AS t, ? AS b, ? AS nothing, '?' AS sign, CAST(? AS UNSIGNED) AS large`,
      [1.5, `it's`, Uint8Array.of(1, 0), null, 2n ** 63n],
    );
    expect(rows).toEqual([{ n: 1.5, t: `it's`, b: Uint8Array.of(1, 0), nothing: null, sign: '?', large: 2n ** 63n }]);
    await session.execute?.('CREATE TABLE made (id int)');
    await session.insert(named('made'), [[{ id: 1 }]]);
    await session.execute?.('ALTER TABLE made ADD v text');
    await session.insert(named('made'), [[{ id: 2, v: 'x' }]]);
    expect(await all('made')).toEqual([
      { id: 1, v: null },
      { id: 2, v: 'x' },
    ]);
    await server.query('CREATE PROCEDURE twice() BEGIN SELECT 1 AS a; SELECT 2 AS b; END');
    expect(await session.execute?.('CALL twice()')).toEqual([{ a: 1 }]);
    expect(await problemOf(session.execute?.('SELECT 1; DROP TABLE made'))).toBe('protocol');
    const error = await session.execute?.(`SELEC 'S3cret'`).catch((one: ConnectionError) => one);
    expect(error).toMatchObject({ problem: 'protocol', message: expect.not.stringContaining('S3cret') });
    expect(await problemOf(session.execute?.(`LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE made`))).not.toBe('none');
    expect(await session.count(named('made'))).toBe(2);
  });

  it('reads its literals as they were meant, whatever somebody sets in the session', async () => {
    await server.query('CREATE TABLE safe (id int PRIMARY KEY, v text)');
    const v = `\\'); DROP TABLE safe; -- \\ '' " 縗`;
    for (const [id, setting] of [
      `sql_mode = 'NO_BACKSLASH_ESCAPES,ANSI_QUOTES,PIPES_AS_CONCAT'`,
      'NAMES gbk',
      `time_zone = '+09:00'`,
      'autocommit = 0',
      'sql_select_limit = 0',
    ].entries()) {
      await session.execute?.(`SET ${setting}`);
      await session.insert(named('safe'), [[{ id, v }]]);
      expect((await all('safe')).at(-1)).toEqual({ id, v });
      expect(await server.query(`SELECT count(*) AS n FROM safe`)).toEqual([{ n: id + 1 }]);
    }
  });

  it('changes nothing for who may only read, whatever is sent', async () => {
    await server.query(`CREATE TABLE kept (id int); INSERT INTO kept VALUES (1); CREATE SEQUENCE numbers;
      CREATE FUNCTION wipe() RETURNS int MODIFIES SQL DATA BEGIN DELETE FROM kept; RETURN 1; END;
      CREATE FUNCTION open_up() RETURNS int BEGIN SET SESSION tx_read_only = 0; RETURN 1; END`);
    const reader = await open('', { readOnly: true });
    const attempts = [
      'DELETE FROM kept',
      'TRUNCATE kept',
      'DROP TABLE kept',
      'CREATE TABLE t (id int)',
      'WITH a AS (SELECT 1) DELETE FROM kept',
      'ANALYZE DELETE FROM kept',
      'SELECT wipe()',
      'SELECT open_up(), wipe()',
      'SELECT 1 FROM (SELECT wipe() AS x) t WHERE x = 1',
      'EXPLAIN SELECT * FROM (SELECT wipe() AS x) t WHERE x = 2',
      `SELECT nextval(numbers), wipe()`,
      `SELECT * FROM kept INTO OUTFILE '/tmp/dm-never'`,
      `SELECT id INTO/**/DUMPFILE '/tmp/dm-never' FROM kept`,
      'COMMIT',
      'SET SESSION TRANSACTION READ WRITE',
      'SET tx_read_only = 0',
      '/*! DELETE FROM kept */',
      '/* select */ COMMIT',
      '-- select\nCOMMIT',
      'SELECT 1; DELETE FROM kept',
      'DO wipe()',
      'CALL wipe()',
      'HANDLER kept OPEN',
      'LOCK TABLES kept WRITE',
    ];
    for (const statement of attempts) {
      const problem = await problemOf(reader.execute?.(statement));
      if (/FILE/.test(statement)) expect(problem, statement).toBe('read_only');
      await problemOf(
        reader.transaction(async () => {
          await reader.execute?.('SELECT open_up()').catch(() => undefined);
          await reader.execute?.(statement).catch(() => undefined);
          await reader.execute?.('SELECT wipe()');
        }),
      );
      expect(await problemOf(reader.execute?.('SELECT wipe()')), statement).toBe('read_only');
      expect(await server.query('SELECT count(*) AS n FROM kept'), statement).toEqual([{ n: 1 }]);
    }
    expect(await reader.execute?.('SELECT id FROM kept')).toEqual([{ id: 1 }]);
    expect(await problemOf(reader.execute?.('SELECT nextval(numbers)'))).toBe('read_only');
  });

  it('shows nothing of what triggers and the server say of rows', async () => {
    await server.query(
      `CREATE TABLE told (id int PRIMARY KEY, v varchar(20), d date, up int, CONSTRAINT small CHECK (id < 100), UNIQUE KEY "uk's" (v), FOREIGN KEY far (up) REFERENCES told (id));
      CREATE TRIGGER t BEFORE INSERT ON told FOR EACH ROW IF NEW.id = 13 THEN SET @m = CONCAT('no ', NEW.v); SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = @m; END IF;
      INSERT INTO told VALUES (1, 'S3cret', NULL, NULL)`.replace('"uk\'s"', "`uk's`"),
    );
    const cases: [Row, string, RegExp][] = [
      [{ id: 13, v: 'S3cret' }, 'constraint', /trigger/],
      [{ id: 1, v: 'S3cret2' }, 'constraint', /PRIMARY/],
      [{ id: 2, v: 'S3cret' }, 'constraint', /rule/],
      [{ id: 2, v: `S3cret' for key 'x` }, 'none', /./],
      [{ id: 3, v: `S3cret' for key 'x` }, 'constraint', /rule/],
      [{ id: 200, v: 'S3cret3' }, 'constraint', /small/],
      [{ id: 4, v: 'S3cret4', up: 77 }, 'constraint', /told_ibfk_1|far/],
      [{ id: 4, d: 'S3cret4' }, 'value', /fit in d/],
      [{ id: null, v: 'S3cret4' }, 'constraint', /NOT NULL in id/],
      [{ id: 4, v: 'S3cret'.repeat(9) }, 'value', /fit in v/],
    ];
    for (const [row, problem, text] of cases) {
      const error = await insert('told', [row]).catch((one: ConnectionError) => one);
      if (problem === 'none') continue;
      expect(error).toMatchObject({ problem, message: expect.stringMatching(text), cause: undefined });
      expect((error as ConnectionError).message).not.toMatch(/S3cret|77/);
    }
  });

  it('ends a statement that is slow, on the server as well, and goes on', async () => {
    await server.query(`CREATE TABLE slow (v text); CREATE TABLE few (id int); INSERT INTO few VALUES (1), (2);
      CREATE TRIGGER t BEFORE INSERT ON slow FOR EACH ROW SET @x = SLEEP(600); CREATE VIEW sleepy AS SELECT SLEEP(600) AS x FROM few`);
    const isSleeping = `SELECT count(*) AS n FROM information_schema.PROCESSLIST WHERE state = 'User sleep'`;
    const read = async (signal: AbortSignal): Promise<void> => {
      for await (const _ of session.read({ table: named('sleepy'), signal }));
    };
    const works = [
      (signal: AbortSignal) => session.insert(named('slow'), [[{ v: 'x' }]], { signal }),
      (signal: AbortSignal) => session.insert(named('slow'), [[{ v: 'x' }]], { signal, returning: ['v'] }),
      read,
    ];
    for (const work of works) {
      const stop = new AbortController();
      const failed = work(stop.signal);
      while (Number((await server.query<{ n: number }>(isSleeping))[0]?.n) !== 1);
      stop.abort(new Error('enough'));
      await expect(failed).rejects.toThrow('enough');
      expect(await server.query(isSleeping)).toEqual([{ n: 0 }]);
      expect(await session.count(named('slow'))).toBe(0);
    }
  });

  it('leaves a loop over many rows without reading them all', async () => {
    await server.query(
      `CREATE TABLE many (id int PRIMARY KEY, v varchar(1000)); INSERT INTO many SELECT seq, REPEAT('x', 1000) FROM seq_1_to_20000`,
    );
    const sent = async (): Promise<number> =>
      Number((await server.query<{ Value: string }>(`SHOW GLOBAL STATUS LIKE 'Bytes_sent'`))[0]?.Value);
    const before = await sent();
    for (let round = 0; round < 5; round++) {
      for await (const rows of session.read({ table: named('many') })) {
        expect(rows).toHaveLength(1000);
        expect(await problemOf(session.count(named('many')))).toBe('protocol');
        break;
      }
      expect(await session.count(named('many'))).toBe(20_000);
    }
    // All of them would be 20 MB each time.
    expect((await sent()) - before).toBeLessThan(60_000_000);
  });

  it('takes large rows a few at a time, also where small ones came before', async () => {
    await server.query(
      `CREATE TABLE big AS SELECT seq AS i, repeat('x', IF(seq <= 3000, 10, 900000)) AS t FROM seq_1_to_3040`,
    );
    const sizes: number[] = [];
    let rows = 0;
    for await (const some of session.read({ table: named('big') })) {
      rows += some.length;
      sizes.push(some.reduce((sum, { t }) => sum + String(t).length, 0));
    }
    expect(rows).toBe(3040);
    expect(Math.max(...sizes)).toBeLessThan(4_000_000);
  });

  it('takes in no row, answer or catalogue without an end', async () => {
    await server.query("CREATE TABLE huge AS SELECT seq AS i, repeat('x', 1000000) AS t FROM seq_1_to_50");
    expect(await problemOf(session.execute?.('SELECT t FROM huge'))).toBe('too_large');
    session = await open();
    expect((await all('huge')).length).toBe(50);
    const parts = Array.from({ length: 50 }, (_, i) => `repeat('x', 900000) c${i}`);
    await server.query(`CREATE TABLE hugest AS SELECT ${parts.join(', ')}`);
    expect(await problemOf(all('hugest'))).toBe('too_large');
  });

  it('keeps nothing of a transaction in which something failed, and says so', async () => {
    await server.query('CREATE TABLE up (id int PRIMARY KEY)');
    const swallowed = session.transaction(async () => {
      await session.insert(named('up'), [[{ id: 1 }]]);
      await session.insert(named('up'), [[{ id: 1 }]]).catch(() => undefined);
      expect(await problemOf(session.insert(named('up'), [[{ id: 2 }]]))).toBe('protocol');
    });
    expect(await problemOf(swallowed)).toBe('constraint');
    expect(await session.count(named('up'))).toBe(0);
    const ended = session.transaction(async () => {
      await session.insert(named('up'), [[{ id: 3 }]]);
      await session.execute?.('CREATE TABLE down (id int)');
    });
    expect(await problemOf(ended)).toBe('protocol');
    const unset = session.transaction(async () => {
      await session.insert(named('up'), [[{ id: 5 }]]);
      await session.execute?.('SET autocommit = 0');
      await session.insert(named('up'), [[{ id: 6 }]]);
    });
    expect(await problemOf(unset)).toBe('protocol');
    expect((await all('up')).map(({ id }) => id)).toEqual([3, 5]);
    await session.insert(named('up'), [[{ id: 4 }]]);
    // In a deadlock the server ends the transaction of one of the two.
    const other = await open();
    let isFirst = true;
    const cross = (one: Session, ids: readonly number[], wait: Promise<void>, go: () => void) =>
      one.transaction(async () => {
        await one.execute?.('SELECT id FROM up WHERE id = ? FOR UPDATE', [ids[0] ?? null]);
        go();
        await wait;
        await one.execute?.('SELECT id FROM up WHERE id = ? FOR UPDATE', [ids[1] ?? null]).catch(() => undefined);
        const row = isFirst ? { id: 100 } : { id: 101 };
        isFirst = false;
        await one.insert(named('up'), [[row]]).catch(() => undefined);
      });
    const [a, b] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const outcomes = await Promise.all([
      problemOf(cross(session, [3, 4], b.promise, a.resolve)),
      problemOf(cross(other, [4, 3], a.promise, b.resolve)),
    ]);
    expect(outcomes.toSorted()).toEqual(['constraint', 'none']);
    expect((await all('up')).map(({ id }) => Number(id)).filter((id) => id >= 100)).toHaveLength(1);
  });

  it('keeps any text, as a value and as a name', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 20 }).map((one) => one.toWellFormed());
    const hostile = fc.oneof(
      text,
      fc.string({
        unit: fc.constantFrom('\\', '"', "'", '`', ',', '\n', '\r', '\0', '%', '?', ')', ';', ' ', '縗', '😀'),
        maxLength: 8,
      }),
    );
    const name = hostile
      .map((one) => one.replaceAll(/[\0\u{10000}-\u{10ffff}]/gu, '').trimEnd())
      .filter((one) => one !== '' && !/^id$/i.test(one.trim()) && one.length <= 64);
    await fc.assert(
      fc.asyncProperty(name, fc.array(fc.option(hostile), { minLength: 1, maxLength: 20 }), async (column, cells) => {
        await server.query(
          `DROP TABLE IF EXISTS any_text; CREATE TABLE any_text (id int PRIMARY KEY, \`${column.replaceAll('`', '``')}\` longtext)`,
        );
        const fresh = await open();
        for (const options of [{}, { returning: ['id'] }, { onConflict: 'update' as const }]) {
          const rows = cells.map((value, id) =>
            Object.fromEntries([
              ['id', id],
              [column, value],
            ]),
          );
          await fresh.insert(named('any_text'), [rows], options);
          expect(await all('any_text', fresh)).toEqual(rows);
          expect(await fresh.remove(named('any_text'), [rows.map(({ id }) => ({ id: id as number }))])).toBe(
            rows.length,
          );
        }
        await fresh.close();
      }),
      { numRuns: process.env.FULL === '1' ? 500 : 15 },
    );
  });
});
