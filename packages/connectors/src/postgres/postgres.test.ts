import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ConnectionError } from '../connection-error.ts';
import type { OpenOptions } from '../connector.ts';
import { Dialer } from '../dial/dialer.ts';
import { OutboundPolicy } from '../dial/outbound-policy.ts';
import type { TableName } from '../schema/schema.ts';
import type { Session } from '../session.ts';
import { type SelfSigned, selfSigned } from '../testing/self-signed.ts';
import { type PostgresServer, startPostgres } from '../testing/start-postgres.ts';
import type { Row } from '../value.ts';
import { postgres } from './connector.ts';

const named = (name: string): TableName => ({ schema: 'public', name });

describe('PostgreSQL', () => {
  let server: PostgresServer;
  let session: Session;
  const sessions: Session[] = [];
  const open = async (query = '', options: Partial<OpenOptions> = {}): Promise<Session> => {
    const url = `postgres://test:${encodeURIComponent(server.password)}@127.0.0.1:${server.port}/postgres${query}`;
    const { config, secrets } = postgres.parse({ url });
    const dialer = new Dialer(new OutboundPolicy(['127.0.0.0/8']));
    const opened = await postgres.open(config, { dialer, secrets, readOnly: false, ...options });
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

  beforeAll(async () => {
    server = await startPostgres();
  });
  beforeEach(async () => {
    await Promise.all(sessions.splice(0).map((one) => one.close()));
    await server.query(
      'DROP SCHEMA IF EXISTS other CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public; CREATE SCHEMA other',
    );
    session = await open();
  });
  afterAll(() => server?.stop());

  it('tells the greatest value of a column, and moves counters of every kind on but never back', async () => {
    await server.query(`
      CREATE SEQUENCE "own seq"; CREATE TABLE n (a serial, b bigint GENERATED ALWAYS AS IDENTITY, c smallserial, d int DEFAULT nextval('"own seq"'), e int);
      INSERT INTO n (e) VALUES (7), (NULL), (-3)`);
    expect(await session.greatest?.(named('n'), 'e')).toBe(7);
    for (const column of ['a', 'b', 'd', 'e']) await session.advance?.(named('n'), column, 40n);
    for (const column of ['a', 'b', 'd']) await session.advance?.(named('n'), column, 9n);
    // More than the counter can reach.
    await session.advance?.(named('n'), 'c', 40_000n);
    expect(await server.query('INSERT INTO n DEFAULT VALUES RETURNING a, b::int, c, d, e')).toEqual([
      { a: 41, b: 41, c: 4, d: 41, e: null },
    ]);
    await server.query('TRUNCATE n');
    expect(await session.greatest?.(named('n'), 'e')).toBe(null);
  });

  it('keeps values of its own types, on each way in', async () => {
    await server.query(`
      CREATE TYPE other."a mood" AS ENUM ('sad', 'it''s "fine"');
      CREATE DOMAIN code AS varchar(5) CHECK (VALUE <> 'bad');
      CREATE TABLE own (id int PRIMARY KEY, mood other."a mood", moods other."a mood"[], code code, codes code[], grid int[][], texts text[],
        docs jsonb[], blobs bytea[], c char(3), b bit(5), vb varbit(7), ip inet, mac macaddr, iv interval, m money, r real,
        j json, x xml, tz timestamptz[], pt point, infinite date, far timestamp, n numeric, yes boolean[])`);
    const row: Row = {
      id: 1,
      mood: `it's "fine"`,
      moods: [`it's "fine"`, null],
      code: 'abcde',
      codes: ['a', 'b'],
      grid: [
        [1, 2],
        [3, null],
      ],
      texts: ['', 'NULL', 'a,b', '{x}', 'q"\\', ' s ', null],
      docs: [{ a: ['"', 2n ** 60n] }, [1, 2]],
      blobs: [Uint8Array.of(0, 255, 92)],
      c: 'ab ',
      b: '10101',
      vb: '101',
      ip: '192.168.0.1/24',
      mac: '08:00:2b:01:02:03',
      iv: 'P1Y2M3DT4H5M6.5S',
      m: '-1234.50',
      r: 0.1,
      j: { b: 1, a: [true] },
      x: '<a b="c">d</a>',
      tz: ['2026-01-31T13:05:00Z'],
      pt: '(1,2)',
      infinite: 'infinity',
      far: '0044-03-15T00:00:00 BC',
      n: '123456789012345678901234567890.000000000000000000001',
      yes: [true, false, null],
    };
    const rows = [row, { ...Object.fromEntries(Object.keys(row).map((name) => [name, null])), id: 2 }];
    for (const options of [{}, { returning: Object.keys(row) }, { onConflict: 'update' as const }]) {
      let returned: readonly Row[] = rows;
      await session.insert(named('own'), [rows], {
        ...options,
        onBatch: (one) => {
          if ('returning' in options) returned = one.returned;
        },
      });
      expect(await all('own')).toEqual(rows);
      expect(returned).toEqual(rows);
      await session.remove(named('own'), [[{ id: 1 }, { id: 2 }]]);
    }
  });

  it('cuts and rounds nothing that the database would refuse', async () => {
    await server.query('CREATE TABLE narrow (id int PRIMARY KEY, v varchar(3), c char(3), b bit(3), n numeric(4, 1))');
    for (const bad of [{ v: 'abcd' }, { c: 'abcd' }, { b: '1010' }, { n: '1234.5' }]) {
      for (const options of [{}, { returning: ['id'] }, { onConflict: 'update' as const }]) {
        expect(await problemOf(session.insert(named('narrow'), [[{ id: 1, ...bad }]], options))).toBe('value');
      }
    }
    expect(await session.count(named('narrow'))).toBe(0);
  });

  it('gives identity columns the values that are named, and computed ones never', async () => {
    await server.query(
      'CREATE TABLE made (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, v int, twice int GENERATED ALWAYS AS (v * 2) STORED)',
    );
    const ids: unknown[] = [];
    for (const options of [{}, { returning: ['id', 'twice'] }]) {
      await session.insert(named('made'), [[{ id: ids.length + 50, v: 1 }]], {
        ...options,
        onBatch: (one) => ids.push(...one.returned),
      });
      ids.push('-');
    }
    await session.insert(named('made'), [[{ v: 3 }]], {
      returning: ['id', 'twice'],
      onBatch: (one) => ids.push(...one.returned),
    });
    expect(ids).toEqual(['-', { id: 51, twice: 2 }, '-', { id: 1, twice: 6 }]);
    await session.insert(named('made'), [[{ id: 50, v: 9 }]], { onConflict: 'update' });
    expect(await all('made')).toContainEqual({ id: 50, v: 9, twice: 18 });
    expect(await problemOf(session.insert(named('made'), [[{ v: 1, twice: 2 }]]))).toBe('value');
    expect(await problemOf(session.insert(named('made'), [[{ v: 1, twice: 2 }]], { returning: ['id'] }))).toBe('value');
  });

  it('writes where COPY may not: under row level security, and through views', async () => {
    await server.query(`
      CREATE TABLE guarded (id int PRIMARY KEY); ALTER TABLE guarded ENABLE ROW LEVEL SECURITY; ALTER TABLE guarded FORCE ROW LEVEL SECURITY;
      CREATE POLICY small ON guarded USING (id < 10); CREATE VIEW seen AS SELECT * FROM guarded;
      CREATE ROLE plain LOGIN PASSWORD 'p'; GRANT ALL ON guarded, seen TO plain; GRANT USAGE ON SCHEMA public TO plain`);
    const { config } = postgres.parse({ url: `postgres://plain@127.0.0.1:${server.port}/postgres` });
    const dialer = new Dialer(new OutboundPolicy(['127.0.0.0/8']));
    const plain = await postgres.open(config, { dialer, secrets: { password: 'p' }, readOnly: false });
    sessions.push(plain);
    await plain.insert(named('guarded'), [[{ id: 1 }]]);
    await plain.insert(named('seen'), [[{ id: 2 }]]);
    expect(await problemOf(plain.insert(named('guarded'), [[{ id: 11 }]]))).toBe('permission');
    expect(await all('seen', plain)).toEqual([{ id: 1 }, { id: 2 }]);
    expect(await problemOf(plain.copy?.(named('guarded'), ['id'], [Buffer.from('3\n')]))).not.toBe('none');
    await server.query('DROP OWNED BY plain CASCADE; DROP ROLE plain');
  });

  it('refuses a line that would end CSV for the server, and no other', async () => {
    await server.query('CREATE TABLE one (v text)');
    const copied = async (csv: string, size: number): Promise<unknown> => {
      await server.query('TRUNCATE one');
      const chunks = Array.from({ length: Math.ceil(csv.length / size) }, (_, i) =>
        Buffer.from(csv.slice(i * size, (i + 1) * size)),
      );
      const problem = await problemOf(session.copy?.(named('one'), ['v'], chunks));
      return problem === 'none' ? (await all('one')).map(({ v }) => v) : problem;
    };
    for (const size of [1, 2, 100]) {
      expect(await copied('a\n\\.\nb\n', size)).toBe('value');
      expect(await copied('a\r\n\\.\r\nb\r\n', size)).toBe('value');
      expect(await copied('a\n"\\."\nb\n', size)).toEqual(['a', '\\.', 'b']);
      expect(await copied('"x\n\\.\ny"\nb\n', size)).toEqual(['x\n\\.\ny', 'b']);
      expect(await copied('\\..\n\\.x\nx\\.\n', size)).toEqual(['\\..', '\\.x', 'x\\.']);
    }
  });

  it('sees tables of the schemas that are named, and parts of tables when asked', async () => {
    await server.query(`
      CREATE TABLE other.thing (id int PRIMARY KEY); CREATE TABLE thing (id int, v text);
      CREATE TABLE parted (id int, at date NOT NULL) PARTITION BY RANGE (at);
      CREATE TABLE part_1 PARTITION OF parted FOR VALUES FROM ('2020-01-01') TO ('2030-01-01')`);
    const both = await open('?schema=other,public');
    expect((await both.introspect()).tables.map(({ schema, name }) => `${schema}.${name}`)).toEqual([
      'other.thing',
      'public.parted',
      'public.thing',
    ]);
    expect((await both.describe({ schema: '', name: 'thing' })).schema).toBe('other');
    expect((await session.describe(named('part_1'))).columns).toHaveLength(2);
    await session.insert(named('parted'), [[{ id: 1, at: '2025-01-01' }]]);
    expect(await session.count(named('part_1'))).toBe(1);
    expect(await problemOf(session.insert(named('parted'), [[{ id: 1, at: '2035-01-01' }]]))).toBe('constraint');
  });

  it('sends statements and says what comes back', async () => {
    const rows = await session.execute?.(
      `SELECT $1::int8 AS n, $2::text[] AS t, $3::jsonb AS j, $4::bytea AS b, now() > '2020-01-01' AS later, '2026-01-31 10:00:00+02'::timestamptz AS at, 1.50 AS d, NULL AS nothing`,
      [2n ** 60n, ['a', null], { a: 1 }, Uint8Array.of(1, 2)],
    );
    expect(rows).toEqual([
      {
        n: 2n ** 60n,
        t: ['a', null],
        j: { a: 1 },
        b: Uint8Array.of(1, 2),
        later: true,
        at: '2026-01-31T08:00:00Z',
        d: '1.50',
        nothing: null,
      },
    ]);
    await session.execute?.('CREATE TABLE made (id int)');
    await session.insert(named('made'), [[{ id: 1 }]]);
    await session.execute?.('ALTER TABLE made ADD v text');
    await session.insert(named('made'), [[{ id: 2, v: 'x' }]]);
    expect(await all('made')).toEqual([
      { id: 1, v: null },
      { id: 2, v: 'x' },
    ]);
    expect(await problemOf(session.execute?.('SELECT 1; DROP TABLE made'))).toBe('protocol');
    expect(await problemOf(session.execute?.('SELEC 1'))).toBe('protocol');
  });

  it('changes nothing for who may only read, whatever is sent', async () => {
    await server.query(`CREATE TABLE kept (id int); INSERT INTO kept VALUES (1); CREATE SEQUENCE numbers;
      CREATE FUNCTION remove() RETURNS int LANGUAGE sql AS 'DELETE FROM kept; SELECT 1'`);
    const reader = await open('', { readOnly: true });
    const attempts = [
      'DELETE FROM kept',
      'TRUNCATE kept',
      'DROP TABLE kept',
      'CREATE TABLE t (id int)',
      'WITH gone AS (DELETE FROM kept RETURNING id) SELECT * FROM gone',
      'EXPLAIN ANALYZE DELETE FROM kept',
      'SELECT remove()',
      `SELECT nextval('numbers')`,
      'SELECT * INTO copied FROM kept',
      'COMMIT',
      'SET default_transaction_read_only = off',
      'SET TRANSACTION READ WRITE',
      `SELECT set_config('transaction_read_only', 'off', false), remove()`,
      '/* /* */ select */ COMMIT',
      '-- select\nCOMMIT',
      'SELECT 1; DELETE FROM kept',
      `DO 'BEGIN DELETE FROM kept; END'`,
      `COPY kept TO PROGRAM 'true'`,
    ];
    for (const statement of attempts) {
      expect(['read_only', 'protocol', 'value'], statement).toContain(await problemOf(reader.execute?.(statement)));
      await problemOf(
        reader.transaction(async () => {
          await reader.execute?.(statement).catch(() => undefined);
          await reader
            .execute?.(`SELECT set_config('default_transaction_read_only', 'off', false)`)
            .catch(() => undefined);
          await reader.execute?.('SELECT remove()');
        }),
      );
      expect(await problemOf(reader.execute?.('SELECT remove()'))).toBe('read_only');
    }
    expect(await reader.execute?.('SELECT id FROM kept')).toEqual([{ id: 1 }]);
  });

  it('shows nothing of what triggers say of rows', async () => {
    await server.query(`CREATE TABLE told (v text);
      CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no %'', NEW.v; END';
      CREATE TRIGGER t BEFORE INSERT ON told FOR EACH ROW EXECUTE FUNCTION tell()`);
    const failed = session.insert(named('told'), [[{ v: 'S3cret' }]]);
    await expect(failed).rejects.toMatchObject({
      problem: 'constraint',
      message: expect.not.stringContaining('S3cret'),
      cause: undefined,
    });
  });

  it('ends a statement that is slow, on the server as well, and goes on', async () => {
    await server.query(`CREATE TABLE slow (v text);
      CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(600); RETURN NEW; END';
      CREATE TRIGGER t BEFORE INSERT ON slow FOR EACH ROW EXECUTE FUNCTION wait()`);
    for (const options of [{}, { returning: ['v'] }]) {
      const stop = new AbortController();
      const failed = session.insert(named('slow'), [[{ v: 'x' }]], { ...options, signal: stop.signal });
      const isWaiting = `SELECT count(*)::int AS n FROM pg_stat_activity WHERE wait_event = 'PgSleep'`;
      while ((await server.query<{ n: number }>(isWaiting))[0]?.n !== 1);
      stop.abort(new Error('enough'));
      await expect(failed).rejects.toThrow('enough');
      expect((await server.query<{ n: number }>(isWaiting))[0]?.n).toBe(0);
      expect(await session.count(named('slow'))).toBe(0);
    }
  });

  it('lets no order to end a statement, which comes late, end the next one', async () => {
    await server.query(`CREATE TABLE slow (v text);
      CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.3); RETURN NEW; END';
      CREATE TRIGGER t BEFORE INSERT ON slow FOR EACH ROW EXECUTE FUNCTION wait()`);
    const isActive = `SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'datamaker' AND state = 'active'
      AND (wait_event = 'PgSleep' OR query ILIKE '%slow%')`;
    const gates: (() => void)[] = [];
    let isLate = false;
    class Late extends Dialer {
      override async dial(...given: Parameters<Dialer['dial']>): ReturnType<Dialer['dial']> {
        if (isLate) await new Promise<void>((resolve) => gates.push(resolve));
        return super.dial(...given);
      }
    }
    const late = await open('', { dialer: new Late(new OutboundPolicy(['127.0.0.0/8'])) });
    isLate = true;
    await server.query('CREATE VIEW slower AS SELECT v FROM slow, pg_sleep(0.3)');
    const work: ((signal: AbortSignal) => Promise<unknown>)[] = [
      (signal) => late.insert(named('slow'), [[{ v: 'x' }]], { signal }),
      async (signal) => {
        for await (const _ of late.read({ table: named('slower'), signal }));
      },
    ];
    for (const run of work) {
      await late.count(named('slow'));
      const stop = new AbortController();
      const order: string[] = [];
      // What was done before the order came is done.
      const over = run(stop.signal).then(
        () => order.push('over'),
        () => order.push('over'),
      );
      while ((await server.query<{ n: number }>(isActive))[0]?.n !== 1);
      stop.abort(new Error('enough'));
      while ((await server.query<{ n: number }>(isActive))[0]?.n !== 0);
      for (let i = 0; i < 20; i++) await server.query('SELECT 1');
      order.push('released');
      for (const release of gates.splice(0)) release();
      await over;
      expect(order).toEqual(['released', 'over']);
      expect(await late.execute?.('SELECT 1 AS n FROM pg_sleep(0.2)')).toEqual([{ n: 1 }]);
    }
  });

  it('takes large rows a few at a time, also where small ones came before, and leaves them in the middle', async () => {
    await server.query(`CREATE TABLE big AS
      SELECT i, repeat('x', CASE WHEN i <= 3000 THEN 10 ELSE 1500000 END) AS t FROM generate_series(1, 3040) i`);
    const sizes: number[] = [];
    let rows = 0;
    for await (const some of session.read({ table: named('big') })) {
      rows += some.length;
      sizes.push(some.reduce((sum, { t }) => sum + String(t).length, 0));
    }
    expect(rows).toBe(3040);
    expect(Math.max(...sizes)).toBeLessThan(4_000_000);
    for await (const some of session.read({ table: named('big'), where: [{ column: 'i', is: '>', value: 2995 }] })) {
      if (some.some(({ i }) => i === 3001)) break;
    }
    expect(await session.count(named('big'))).toBe(3040);
  });

  it('takes in no row, answer or catalogue without an end', async () => {
    await server.query(`CREATE TABLE huge AS SELECT repeat('x', 50000000) AS t`);
    expect(await problemOf(all('huge'))).toBe('too_large');
    session = await open();
    expect(await problemOf(session.execute?.("SELECT repeat('x', 1000000) FROM generate_series(1, 50)"))).toBe(
      'too_large',
    );
    const columns = Array.from({ length: 50 }, (_, i) => `c${i}`);
    await server.query(`CREATE TABLE wide (${columns.map((name) => `${name} int`).join(', ')})`);
    const comment = `repeat('x', 1000000)`;
    await server.query(
      `DO $$ BEGIN ${columns.map((name) => `EXECUTE format('COMMENT ON COLUMN wide.${name} IS %L', ${comment});`).join(' ')} END $$`,
    );
    session = await open();
    expect(await problemOf(session.introspect())).toBe('too_large');
  });

  it('keeps deferred rules to the end, and says that nothing was kept', async () => {
    await server.query(`CREATE TABLE up (id int PRIMARY KEY);
      CREATE TABLE down (id int PRIMARY KEY, up int REFERENCES up DEFERRABLE INITIALLY DEFERRED)`);
    expect(await problemOf(session.insert(named('down'), [[{ id: 1, up: 1 }]]))).toBe('constraint');
    await session.transaction(async () => {
      await session.insert(named('down'), [[{ id: 1, up: 1 }]]);
      await session.insert(named('up'), [[{ id: 1 }]]);
    });
    expect(await session.count(named('down'))).toBe(1);
    const swallowed = session.transaction(async () => {
      await session.insert(named('up'), [[{ id: 2 }]]);
      await session.insert(named('up'), [[{ id: 2 }]]).catch(() => undefined);
    });
    expect(await problemOf(swallowed)).toBe('constraint');
    expect(await session.count(named('up'))).toBe(1);
  });

  it('says when it is in use, instead of waiting for ever', async () => {
    await server.query('CREATE TABLE busy (id int); INSERT INTO busy SELECT generate_series(1, 5000)');
    for await (const _ of session.read({ table: named('busy') })) {
      expect(await problemOf(session.count(named('busy')))).toBe('protocol');
      break;
    }
    expect(await session.count(named('busy'))).toBe(5000);
  });

  it('keeps lists of texts and of boxes, whose delimiters differ', async () => {
    await server.query('CREATE TABLE delimited (id int PRIMARY KEY, texts text[], boxes box[])');
    const fresh = await open();
    const rows = [
      { id: 1, texts: [';', 'a;b', 'a,b', '(1,2);(3,4)'], boxes: ['(2,2),(1,1)', '(4,4),(3,3)'] },
      { id: 2, texts: [';'], boxes: [] },
    ];
    await fresh.insert(named('delimited'), [rows]);
    expect(await all('delimited', fresh)).toEqual(rows);
    expect(await fresh.execute?.('SELECT texts, boxes FROM delimited WHERE id = 1')).toEqual([
      { texts: rows[0]?.texts, boxes: rows[0]?.boxes },
    ]);
    await fresh.close();
  });

  it('keeps any text, as a value and as a name', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 20 }).map((one) => one.toWellFormed().replaceAll('\0', ''));
    const hostile = fc.oneof(
      text,
      fc.string({
        unit: fc.constantFrom('\\', '"', "'", ',', ';', '\n', '\r', '\t', '{', '}', '.', 'N', ' ', '😀'),
        maxLength: 8,
      }),
    );
    const name = hostile.filter((one) => one !== '' && Buffer.byteLength(one) <= 63 && one !== 'id');
    await fc.assert(
      fc.asyncProperty(
        name,
        fc.array(fc.tuple(fc.option(hostile), fc.array(fc.option(hostile), { maxLength: 4 })), {
          minLength: 1,
          maxLength: 20,
        }),
        async (column, cells) => {
          const quoted = `"${column.replaceAll('"', '""')}"`;
          await server.query(
            `DROP TABLE IF EXISTS any_text; CREATE TABLE any_text (id int PRIMARY KEY, ${quoted} text, list text[])`.replace(
              ', list',
              column === 'list' ? ', list_2' : ', list',
            ),
          );
          const list = column === 'list' ? 'list_2' : 'list';
          const fresh = await open();
          for (const options of [{}, { returning: ['id'] }]) {
            const rows = cells.map(([value, values], i) =>
              Object.fromEntries([
                ['id', i],
                [column, value],
                [list, values],
              ]),
            );
            await fresh.insert(named('any_text'), [rows], options);
            expect(await all('any_text', fresh)).toEqual(rows);
            expect(await fresh.remove(named('any_text'), [rows.map(({ id }) => ({ id: id as number }))])).toBe(
              rows.length,
            );
          }
          await fresh.close();
        },
      ),
      { numRuns: process.env.FULL === '1' ? 500 : 15 },
    );
  });

  describe('over TLS', () => {
    let own: SelfSigned;
    let secure: PostgresServer;
    beforeAll(async () => {
      own = selfSigned('localhost');
      const { certFile, keyFile } = own;
      secure = await startPostgres([
        '-c',
        'ssl=on',
        '-c',
        `ssl_cert_file=${certFile}`,
        '-c',
        `ssl_key_file=${keyFile}`,
      ]);
    });
    afterAll(async () => {
      await secure?.stop();
      own?.remove();
    });

    const connect = async (host: string, tls: object, port = secure.port): Promise<string> => {
      const auth = { type: 'basic', username: 'test', password: secure.password };
      const { config, secrets } = postgres.parse({
        url: `postgres://${host}:${port}/postgres`,
        auth,
        options: { tls },
      });
      const dialer = new Dialer(new OutboundPolicy(['127.0.0.0/8']), async () => ['127.0.0.1']);
      return await problemOf(
        postgres.open(config, { dialer, secrets, readOnly: false }).then(async (opened) => {
          const { notes } = await opened.verify();
          await opened.close();
          expect(notes).not.toContain('the connection is not encrypted');
        }),
      );
    };

    it('checks what it is told to check', async () => {
      const { cert: ca } = own;
      expect(await connect('localhost', { mode: 'require' })).toBe('none');
      expect(await connect('localhost', { mode: 'verify-full' })).toBe('tls');
      expect(await connect('localhost', { mode: 'verify-ca', ca })).toBe('none');
      expect(await connect('other.example', { mode: 'verify-ca', ca })).toBe('none');
      expect(await connect('localhost', { mode: 'verify-full', ca })).toBe('none');
      expect(await connect('other.example', { mode: 'verify-full', ca })).toBe('tls');
      // One that does not encrypt.
      expect(await connect('localhost', { mode: 'require' }, server.port)).toBe('tls');
    });
  });
});
