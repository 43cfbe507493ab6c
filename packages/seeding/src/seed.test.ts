import type { Session } from '@datamaker/connectors';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../../connectors/src/testing/start-postgres.ts';
import { applySeed } from './apply/apply-seed.ts';
import { planSeed } from './plan/plan-seed.ts';
import type { SeedOptions } from './plan/seed-options.ts';
import type { SeedPlan } from './plan/seed-plan.ts';
import type { Receipt } from './receipt/receipt.ts';
import { checksums, openPostgres, remake, rowsOf } from './testing/open-postgres.ts';
import { SCHEMAS } from './testing/schemas.ts';
import { SHOP } from './testing/shop.ts';
import { undoSeed } from './undo/undo-seed.ts';
import { verifySeed } from './verify/verify-seed.ts';

/** What is told of tables that are as they are meant to be. */
const EXPECTED: ReadonlySet<string> = new Set(['few_rows', 'not_compared']);

describe('a seed', () => {
  let server: PostgresServer;
  let session: Session;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server?.stop());
  beforeEach(async () => {
    session = await openPostgres(server);
  });
  afterEach(() => session.close());

  const plan = async (options: SeedOptions = {}): Promise<SeedPlan> =>
    planSeed(session, await session.introspect(), { rows: 20, seed: 's', ...options });
  const seed = async (options: SeedOptions = {}): Promise<Receipt> => {
    const made = await plan(options);
    return await applySeed(session, made, { mode: made.needsDeferred ? 'transaction' : 'chunks' });
  };
  const counts = (made: SeedPlan): Record<string, number> =>
    Object.fromEntries(made.tables.map(({ table, rows }) => [table.name, rows]));

  it('fills a shop beside what is in it, reads it back, and is undone', async () => {
    await remake(server, SHOP);
    await server.query(`
      INSERT INTO customer (email, full_name) VALUES ('a@b.c', 'Ann'), ('b@b.c', 'Bob');
      INSERT INTO category (name) VALUES ('old'); INSERT INTO product VALUES ('PRO-0000', 'Old', 1, 2.5);`);
    const before = await checksums(server);
    const made = await plan({ rows: 50, fanOut: { min: 2, max: 4 } });
    expect(made.problems).toEqual([]);
    expect(counts(made)).toEqual({ category: 50, customer: 50, product: 150, order: 150, order_line: 450, wish: 450 });
    const receipt = await applySeed(session, JSON.parse(JSON.stringify(made)));
    expect(await verifySeed(session, receipt)).toMatchObject({ ok: true, unchecked: [] });
    // The application goes on with its own counters.
    await server.query(`INSERT INTO customer (email, full_name) VALUES ('c@b.c', 'Cy')`);
    const [cy] = await server.query<{ id: string }>(`DELETE FROM customer WHERE email = 'c@b.c' RETURNING id`);
    expect(Number(cy?.id)).toBe(53);
    const report = await undoSeed(session, JSON.parse(JSON.stringify(receipt)));
    expect(report).toMatchObject({ isDone: true, edited: [], uses: [] });
    expect(await checksums(server)).toEqual(before);
  });

  it('deals children out exactly', async () => {
    await remake(server, SHOP);
    await seed({ rows: 30, tables: { order_line: { perParent: { min: 0, max: 5 } }, order: { rows: 70 } } });
    const perOrder = await server.query<{ n: number }>(
      'SELECT count(l.order_id)::int AS n FROM "order" o LEFT JOIN order_line l ON l.order_id = o.id GROUP BY o.id',
    );
    const all = perOrder.map(({ n }) => n);
    expect([perOrder.length, Math.min(...all), Math.max(...all)]).toEqual([70, 0, 5]);
    const perCustomer = await server.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM "order" GROUP BY customer_id',
    );
    expect(new Set(perCustomer.map(({ n }) => n))).toEqual(new Set([2, 3]));
  });

  it.each(Object.entries(SCHEMAS))('fills %s, and is undone', async (_, ddl) => {
    await remake(server, ddl);
    const before = await checksums(server);
    const made = await plan({ fanOut: { min: 1, max: 4 } });
    expect(made.problems.filter(({ code }) => !EXPECTED.has(code))).toEqual([]);
    expect(made.tables.map(({ rows }) => rows)).not.toContain(0);
    const receipt = await applySeed(session, made, {
      mode: made.needsDeferred ? 'transaction' : 'chunks',
      chunkRows: 7,
    });
    expect(await verifySeed(session, receipt)).toMatchObject({ ok: true, unchecked: [] });
    // And again beside it.
    const second = await seed({ seed: 't', fanOut: { min: 1, max: 2 } });
    expect(await verifySeed(session, second)).toMatchObject({ ok: true });
    expect(await undoSeed(session, receipt)).toMatchObject({ isDone: true, reason: null, uses: [], edited: [] });
    expect(await verifySeed(session, second)).toMatchObject({ ok: true });
    expect(await undoSeed(session, second)).toMatchObject({ isDone: true });
    expect(await checksums(server)).toEqual(before);
  });

  it('has trees of earlier rows, and circles that are closed', async () => {
    await remake(server, SCHEMAS['a circle through keys that may be null'] as string);
    await seed();
    for (const { id, boss_id } of await rowsOf(session, 'employee'))
      if (boss_id !== null) expect(boss_id).toBeLessThan(id as number);
    expect((await rowsOf(session, 'department')).some(({ head_id }) => head_id !== null)).toBe(true);
  });

  it('says what it does not understand before the first row, and is not done where nothing helps', async () => {
    await remake(
      server,
      `CREATE FUNCTION odd(int) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT $1 % 2 = 1';
       CREATE TABLE x (id int PRIMARY KEY, n int CONSTRAINT is_odd CHECK (odd(n)), m int CONSTRAINT twice CHECK (m % 2 = 0));
       CREATE TABLE a (id int PRIMARY KEY, b_id int NOT NULL); CREATE TABLE b (id int PRIMARY KEY, a_id int NOT NULL REFERENCES a);
       ALTER TABLE a ADD FOREIGN KEY (b_id) REFERENCES b; CREATE TABLE c (a_id int NOT NULL REFERENCES a);`,
    );
    const { problems, tables } = await plan();
    expect(problems.map(({ code, subject, blocks }) => `${code} ${subject} ${blocks}`).sort()).toEqual([
      'check_not_met public.x false',
      'check_not_understood public.x false',
      'cycle public.a true',
      'cycle public.b true',
      'table_left_out public.c true',
    ]);
    expect(tables.map(({ id }) => id)).toEqual(['public.x']);
  });

  it('finds rows that were edited since, and removes them only when told so', async () => {
    await remake(server, SHOP);
    await server.query(`INSERT INTO customer (email, full_name) VALUES ('a@b.c', 'Ann')`);
    const before = await checksums(server);
    const receipt = await seed();
    await server.query(`UPDATE "order" SET note = 'by hand' WHERE id = (SELECT min(id::text)::uuid FROM "order")`);
    await server.query('DELETE FROM wish WHERE customer_id = 2');
    const full = await checksums(server);
    const refused = await undoSeed(session, receipt);
    expect(refused).toMatchObject({
      isDone: false,
      reason: 'rows_edited',
      edited: [{ table: 'public.order', columns: ['note'] }],
    });
    expect(await undoSeed(session, receipt, { dryRun: true, edited: 'remove' })).toMatchObject({
      isDone: false,
      reason: 'dry_run',
    });
    expect(await checksums(server)).toEqual(full);
    // The order stays, and whose it is.
    expect(await undoSeed(session, receipt, { edited: 'keep' })).toMatchObject({ isDone: true });
    expect(await server.query('SELECT count(*)::int AS n FROM "order"')).toEqual([{ n: 1 }]);
    expect(await server.query('SELECT count(*)::int AS n FROM customer')).toEqual([{ n: 2 }]);
    expect(await undoSeed(session, receipt, { edited: 'remove' })).toMatchObject({ isDone: true });
    expect(await checksums(server)).toEqual(before);
  });

  it.each(['transaction', 'chunks'] as const)('is undone in %s with indexes that are gone again', async (mode) => {
    await remake(
      server,
      `CREATE TABLE a (id serial PRIMARY KEY, name text NOT NULL);
       CREATE TABLE b (id serial PRIMARY KEY, a_id int NOT NULL REFERENCES a DEFERRABLE INITIALLY DEFERRED, up_id int REFERENCES b);`,
    );
    const receipt = await seed({ everyTable: 4000 });
    const indexes = (): Promise<unknown[]> =>
      server.query(`SELECT indexname FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1`);
    const before = await indexes();
    const seen: unknown[][] = [];
    const plain = session.remove.bind(session);
    session.remove = async (...all) => {
      const [row] =
        (await session.execute?.(`SELECT count(*)::int AS n FROM pg_indexes WHERE schemaname = 'public'`)) ?? [];
      seen.push([row?.['n']]);
      return await plain(...all);
    };
    expect(await undoSeed(session, receipt, { mode })).toMatchObject({ isDone: true });
    expect(new Set(seen.flat())).toEqual(new Set([before.length + 2]));
    expect(await indexes()).toEqual(before);
    expect(await server.query('SELECT count(*)::int AS n FROM a')).toEqual([{ n: 0 }]);
  });

  it('is undone by who may not make indexes', async () => {
    await remake(
      server,
      `CREATE TABLE a (id serial PRIMARY KEY, name text NOT NULL);
       CREATE TABLE b (id serial PRIMARY KEY, a_id int NOT NULL REFERENCES a);
       DROP ROLE IF EXISTS guest; CREATE ROLE guest; GRANT ALL ON SCHEMA public TO guest; GRANT ALL ON ALL TABLES IN SCHEMA public TO guest;`,
    );
    const receipt = await seed({ everyTable: 4000 });
    await session.execute?.('SET ROLE guest');
    expect(await undoSeed(session, receipt)).toMatchObject({ isDone: true });
    await session.execute?.('RESET ROLE');
    expect(await server.query('SELECT count(*)::int AS n FROM a')).toEqual([{ n: 0 }]);
  });

  it('leaves all as it is when rows of others would go with its own', async () => {
    await remake(server, SHOP);
    const receipt = await seed();
    // Lines go with their order: the database would remove this one without a word.
    await server.query(
      `INSERT INTO order_line SELECT id, 99, (SELECT min(sku) FROM product), 1, 1 FROM "order" LIMIT 1`,
    );
    // Behind the numbers of the run, and before them.
    await server.query(`INSERT INTO category (id, name, parent_id) VALUES (0, 'mine', 3), (9000, 'mine', 4)`);
    const full = await checksums(server);
    expect(await undoSeed(session, receipt, { edited: 'remove' })).toMatchObject({
      isDone: false,
      reason: 'rows_in_use',
      uses: [
        { table: 'public.category', to: 'public.category', rows: 2 },
        { table: 'public.order_line', to: 'public.order', rows: 1 },
        { table: 'public.order_line', to: 'public.product', rows: 1 },
      ],
    });
    expect(await checksums(server)).toEqual(full);
  });

  it('goes on where it ended, and what it left can be undone', async () => {
    await remake(server, SHOP);
    const made = await plan({ rows: 40 });
    const before = await checksums(server);
    for (const isToldTo of [7, 8, 11]) {
      let kept: Receipt | undefined;
      let seen = 0;
      const work = applySeed(session, made, {
        chunkRows: 10,
        keep: async (receipt) => {
          // Dies with rows that are kept and a receipt that does not say so.
          if (++seen === isToldTo) throw new Error('died');
          kept = receipt;
        },
      });
      await expect(work).rejects.toThrow('died');
      if (isToldTo === 11) {
        expect(await undoSeed(session, kept as Receipt)).toMatchObject({ isDone: true });
        expect(await checksums(server)).toEqual(before);
        continue;
      }
      const done = await applySeed(session, made, { chunkRows: 10, receipt: kept });
      expect(await verifySeed(session, done)).toMatchObject({ ok: true });
      expect(await undoSeed(session, done)).toMatchObject({ isDone: true });
      expect(await checksums(server)).toEqual(before);
    }
  });

  it('keeps away from lists, days and moments that are there', async () => {
    await remake(
      server,
      `CREATE TYPE mood AS ENUM ('sad', 'ok', 'glad', 'mad');
       CREATE TABLE feeling (mood mood PRIMARY KEY); INSERT INTO feeling VALUES ('ok');
       CREATE TABLE holiday (day date PRIMARY KEY CHECK (day <= '2000-01-12'));
       CREATE TABLE measure (at timestamptz PRIMARY KEY, n integer)`,
    );
    for (const [feeling, holiday, measure] of [
      [3, 8, 8],
      [0, 4, 8],
    ]) {
      const made = await plan({ everyTable: 8 });
      expect(counts(made)).toEqual({ feeling, holiday, measure });
      expect(await verifySeed(session, await applySeed(session, made))).toMatchObject({ ok: true });
    }
  });

  it('makes texts that are like what rules say, as long as there is room for', async () => {
    await remake(
      server,
      `CREATE TABLE short (id int PRIMARY KEY, code varchar(6) NOT NULL CHECK (code LIKE 'AB%'));
       CREATE TABLE sized (id int PRIMARY KEY, code text NOT NULL CHECK (code LIKE 'AB%'), CHECK (length(code) = 6));
       CREATE TABLE both_sides (id int PRIMARY KEY, code text NOT NULL CHECK (code LIKE '%@%' AND length(code) > 5));
       CREATE TABLE full_up (id int PRIMARY KEY, code char(4) NOT NULL CHECK (code LIKE 'A_%' AND length(code) <= 4))`,
    );
    const made = await plan({ everyTable: 300 });
    expect(made.problems).toEqual([]);
    expect(await verifySeed(session, await applySeed(session, made))).toMatchObject({ ok: true });
  });

  it('goes on in the middle of a chunk, whatever its size was', async () => {
    await remake(server, SHOP);
    const made = await plan({ rows: 40 });
    let left = 64;
    // A system without transactions keeps a chunk in parts.
    const dying = new Proxy(session, {
      get: (target, name) => {
        if (name === 'copy') return undefined;
        if (name === 'transaction') return (run: () => Promise<unknown>) => run();
        const value = target[name as 'insert'];
        if (name !== 'insert') return typeof value === 'function' ? value.bind(target) : value;
        return async (...[table, rows, options]: Parameters<Session['insert']>) => {
          const [all = []] = [...(rows as Iterable<readonly Record<string, never>[]>)];
          const some = all.slice(0, left);
          left -= some.length;
          const report = await target.insert(table, [some], options);
          if (some.length < all.length) throw new Error('died');
          return report;
        };
      },
    });
    let kept: Receipt | undefined;
    const keep = async (receipt: Receipt): Promise<void> => {
      kept = receipt;
    };
    await expect(applySeed(dying, made, { chunkRows: 30, keep })).rejects.toThrow('died');
    const done = await applySeed(session, made, { chunkRows: 25, receipt: kept });
    expect(await verifySeed(session, done)).toMatchObject({ ok: true });
    const counted = await server.query<{ n: number }>('SELECT count(*)::int AS n FROM customer');
    expect(counted).toEqual([{ n: 40 }]);
  });

  it('that ended early leaves tables alone that it never came to, whatever is in them since', async () => {
    await remake(server, SHOP);
    const made = await plan({ rows: 40 });
    let kept: Receipt | undefined;
    const keep = async (receipt: Receipt): Promise<void> => {
      if (receipt.chunks.length > 0) throw new Error('died');
      kept = receipt;
    };
    await expect(applySeed(session, made, { chunkRows: 10, keep })).rejects.toThrow('died');
    // By chance a key that the plan has as well.
    await server.query(`INSERT INTO category (id, name) VALUES (1000, 'mine');
      INSERT INTO product (sku, name, category_id, price) SELECT 'PRO-0005', 'mine', 1000, 1`);
    const report = await undoSeed(session, kept as Receipt);
    expect(report).toMatchObject({ isDone: true, edited: [], tables: [{ table: 'public.category', removed: 10 }] });
    expect(await server.query('SELECT sku FROM product')).toEqual([{ sku: 'PRO-0005' }]);
    expect(await server.query('SELECT name FROM category')).toEqual([{ name: 'mine' }]);
  });

  it('writes no row of a table without a key twice, and says when that cannot be known', async () => {
    const rows = async (): Promise<number> =>
      (await server.query<{ n: number }>('SELECT count(*)::int AS n FROM log'))[0]?.n ?? 0;
    for (const dies of ['before the receipt', 'at an error', 'when told to'] as const) {
      await remake(server, 'CREATE TABLE log (line text NOT NULL, n integer CHECK (n >= 0))');
      const made = await plan({ rows: 40 });
      const stop = new AbortController();
      let kept: Receipt | undefined;
      const work = applySeed(session, made, {
        chunkRows: 10,
        signal: stop.signal,
        keep: async (receipt) => {
          const isHalf = receipt.chunks.at(-1)?.to === 20;
          if (isHalf && dies === 'before the receipt') throw new Error('died');
          kept = receipt;
          if (isHalf && dies === 'when told to') stop.abort(new Error('died'));
          if (isHalf && receipt.begun === undefined && dies === 'at an error') {
            await server.query('ALTER TABLE log ADD CONSTRAINT died CHECK (n < -1) NOT VALID');
          }
        },
      });
      await expect(work).rejects.toThrow(/died|rule|refused|check/i);
      expect(await rows()).toBe(20);
      await server.query('ALTER TABLE log DROP CONSTRAINT IF EXISTS died');
      const again = applySeed(session, made, { chunkRows: 10, receipt: kept });
      if (dies === 'before the receipt') {
        await expect(again).rejects.toMatchObject({
          code: 'rows_in_doubt',
          message: expect.stringContaining('rows 10 to 19 of public.log'),
        });
        expect(await rows()).toBe(20);
      } else {
        expect((await again).begun).toBeUndefined();
        expect(await rows()).toBe(40);
      }
    }
  });

  it('is all or nothing in one transaction, and stops when told to', async () => {
    await remake(server, `${SHOP}; ALTER TABLE wish ADD CHECK (customer_id % 7 <> 3)`);
    const before = await checksums(server);
    const made = await plan();
    expect(made.problems).toMatchObject([{ code: 'check_not_met', subject: 'public.wish' }]);
    await expect(applySeed(session, made, { mode: 'transaction' })).rejects.toMatchObject({ problem: 'constraint' });
    expect(await checksums(server)).toEqual(before);
    const stop = new AbortController();
    const work = applySeed(session, made, { mode: 'transaction', signal: stop.signal, onProgress: () => stop.abort() });
    await expect(work).rejects.toMatchObject({ name: 'AbortError' });
    expect(await checksums(server)).toEqual(before);
  });

  it('draws unique texts anew when they are there already', async () => {
    await remake(server, 'CREATE TABLE person (id serial PRIMARY KEY, email text UNIQUE NOT NULL)');
    const first = await seed();
    const second = await plan();
    expect(second.tables).toMatchObject([{ salt: 1 }]);
    expect(await verifySeed(session, await applySeed(session, second))).toMatchObject({ ok: true });
    expect(await undoSeed(session, first)).toMatchObject({ isDone: true });
    await remake(server, `CREATE TABLE flag (id serial PRIMARY KEY, name varchar(1) UNIQUE NOT NULL);`);
    await seed({ rows: 9 });
    expect((await plan({ rows: 9 })).problems.map(({ code }) => code)).toContain('unique_taken');
  });

  it('refuses options that make no sense', async () => {
    await remake(server, SHOP);
    for (const options of [
      { rows: -1 },
      { fanOut: { min: 3, max: 1 } },
      { tables: { order: { rows: 1, perParent: { min: 1, max: 1 } } } },
    ]) {
      await expect(plan(options)).rejects.toMatchObject({ code: 'invalid_seed_options' });
    }
    await expect(plan({ tables: { nothing: {} } })).rejects.toMatchObject({ code: 'unknown_table' });
  });
});
