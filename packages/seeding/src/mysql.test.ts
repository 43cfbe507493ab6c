import type { Session } from '@datamaker/connectors';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { applySeed } from './apply/apply-seed.ts';
import { planSeed } from './plan/plan-seed.ts';
import type { SeedOptions } from './plan/seed-options.ts';
import type { SeedPlan } from './plan/seed-plan.ts';
import type { Receipt } from './receipt/receipt.ts';
import { MYSQL_SCHEMAS, MYSQL_SHOP } from './testing/mysql-schemas.ts';
import { type SeedServer, startMariaDbToSeed } from './testing/systems.ts';
import { undoSeed } from './undo/undo-seed.ts';
import { verifySeed } from './verify/verify-seed.ts';

/** What is told of tables that are as they are meant to be. */
const EXPECTED: ReadonlySet<string> = new Set(['few_rows', 'not_compared']);

describe('a seed of MariaDB', () => {
  let server: SeedServer;
  let session: Session;
  beforeAll(async () => {
    server = await startMariaDbToSeed();
  });
  afterAll(() => server?.stop());
  beforeEach(async () => {
    session = await server.open();
  });
  afterEach(() => session.close());

  const plan = async (options: SeedOptions = {}): Promise<SeedPlan> =>
    planSeed(session, await session.introspect(), { rows: 20, seed: 's', ...options });
  const seed = async (options: SeedOptions = {}): Promise<Receipt> => {
    const made = await plan(options);
    return await applySeed(session, made, { mode: made.needsDeferred ? 'transaction' : 'chunks' });
  };
  const count = async (table: string): Promise<number> =>
    Number((await server.query<{ n: number }>(`SELECT count(*) AS n FROM ${table}`))[0]?.n);

  it.each(Object.entries(MYSQL_SCHEMAS))('fills %s, and is undone', async (_, ddl) => {
    await server.remake(ddl);
    const before = await server.checksums();
    const made = await plan({ fanOut: { min: 1, max: 4 } });
    expect(made.problems.filter(({ code, message }) => !EXPECTED.has(code) && !/set of many/.test(message))).toEqual(
      [],
    );
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
    expect(await server.checksums()).toEqual(before);
  });

  it('says where texts of a form differ in capitals alone, which their key does not tell apart', async () => {
    await server.remake(
      "CREATE TABLE word (id int PRIMARY KEY, word varchar(8) NOT NULL UNIQUE CHECK (word REGEXP '^[abAB]{8}$'))",
    );
    const { problems } = await plan({ rows: 300 });
    expect(problems).toMatchObject([{ code: 'key_not_met', subject: 'shop.word.word', blocks: false }]);
    expect((await plan({ rows: 1 })).problems).toEqual([]);
  });

  it('leaves numbers alone that others take meanwhile, and goes on where they went on', async () => {
    await server.remake(MYSQL_SHOP);
    await server.query(`INSERT INTO customer (email, full_name) VALUES ('a@b.c', 'Ann'), ('b@b.c', 'Bob')`);
    const before = await server.checksums();
    const made = await plan({ rows: 50, fanOut: { min: 2, max: 4 } });
    expect(made.problems).toEqual([]);
    let others = 0;
    const receipt = await applySeed(session, JSON.parse(JSON.stringify(made)), {
      chunkRows: 10,
      keep: async () => {
        await server.query(`INSERT INTO customer (email, full_name) VALUES ('other${++others}@b.c', 'Other')`);
      },
    });
    expect(await verifySeed(session, receipt)).toMatchObject({ ok: true, unchecked: [] });
    expect(await undoSeed(session, JSON.parse(JSON.stringify(receipt)))).toMatchObject({ isDone: true, uses: [] });
    const [first] = await server.query<{ id: number }>(`SELECT min(id) AS id FROM customer WHERE email LIKE 'other%'`);
    expect(others).toBeGreaterThan(5);
    expect(Number(first?.id)).toBe(53);
    await server.query(`DELETE FROM customer WHERE email LIKE 'other%'`);
    expect(await server.checksums()).toEqual(before);
  });

  it('leaves the counter to follow where it may not be moved, or others hold the table', async () => {
    await server.remake('CREATE TABLE note (id int AUTO_INCREMENT PRIMARY KEY, line varchar(40))');
    await server.query(`CREATE OR REPLACE USER few@'127.0.0.1' IDENTIFIED BY '${server.password}';
      GRANT SELECT, INSERT, UPDATE, DELETE ON shop.* TO few@'127.0.0.1'`);
    const few = await server.open('shop', false, undefined, 'few');
    const made = await plan();
    const receipt = await applySeed(few, made);
    expect(await verifySeed(few, receipt)).toMatchObject({ ok: true });
    expect(await undoSeed(few, receipt)).toMatchObject({ isDone: true });
    await few.close();
    await server.query('ALTER TABLE note AUTO_INCREMENT = 1; START TRANSACTION; SELECT * FROM note');
    const beside = await applySeed(session, made);
    await server.query('COMMIT');
    expect(await verifySeed(session, beside)).toMatchObject({ ok: true });
  });

  it('finds rows that were edited since, and those that others refer to in other capitals', async () => {
    await server.remake(MYSQL_SHOP);
    const before = await server.checksums();
    const receipt = await seed();
    await server.query(`UPDATE \`order\` SET note = 'by hand' ORDER BY id LIMIT 1`);
    const full = await server.checksums();
    expect(await undoSeed(session, receipt)).toMatchObject({
      isDone: false,
      reason: 'rows_edited',
      edited: [{ table: 'shop.order', columns: ['note'] }],
    });
    expect(await undoSeed(session, receipt, { dryRun: true, edited: 'remove' })).toMatchObject({ reason: 'dry_run' });
    expect(await server.checksums()).toEqual(full);
    const [product] = await server.query<{ sku: string }>('SELECT min(sku) AS sku FROM product');
    const lower = String(product?.sku).toLowerCase();
    expect(lower).not.toBe(product?.sku);
    await server.query(`INSERT INTO customer (id, email, full_name) VALUES (9000, 'x@y.z', 'Mine');
      INSERT INTO wish VALUES (9000, '${lower}', NULL)`);
    expect(await undoSeed(session, receipt, { edited: 'remove' })).toMatchObject({
      isDone: false,
      reason: 'rows_in_use',
      uses: [{ table: 'shop.wish', to: 'shop.product', rows: 1 }],
    });
    await server.query('DELETE FROM wish WHERE customer_id = 9000; DELETE FROM customer WHERE id = 9000');
    expect(await undoSeed(session, receipt, { edited: 'keep' })).toMatchObject({ isDone: true });
    expect([await count('`order`'), await count('customer')]).toEqual([1, 1]);
    expect(await undoSeed(session, receipt, { edited: 'remove' })).toMatchObject({ isDone: true });
    expect(await server.checksums()).toEqual(before);
  });

  it('goes on without doubles when its connection is killed in the middle of rows', async () => {
    await server.remake(MYSQL_SHOP);
    const before = await server.checksums();
    const made = await plan({ rows: 200 });
    for (const chunk of [1, 3, 5]) {
      const dying = await server.open();
      let kept: Receipt | undefined;
      let chunks = 0;
      const work = applySeed(dying, made, {
        chunkRows: 50,
        keep: async (receipt) => {
          kept = receipt;
          if (++chunks < chunk) return;
          // While the next rows are on their way.
          const [own] = await server.query<{ id: number }>(
            `SELECT max(ID) AS id FROM information_schema.PROCESSLIST WHERE USER = 'test'`,
          );
          void server.query(`KILL CONNECTION ${own?.id}`);
        },
      });
      await expect(work).rejects.toThrow();
      await dying.close();
      const done = await applySeed(session, made, { chunkRows: 40, receipt: kept });
      expect(await verifySeed(session, done)).toMatchObject({ ok: true });
      expect(await count('customer')).toBe(200);
      expect(await undoSeed(session, done)).toMatchObject({ isDone: true });
      expect(await server.checksums()).toEqual(before);
    }
  });

  it('checks keys that were put off before it keeps rows, and at once again after that', async () => {
    await server.remake(MYSQL_SCHEMAS['circles that nothing is null in'] ?? '');
    const tables = (await session.introspect()).tables;
    const write = session.transaction(async () => {
      await session.deferKeys?.(tables);
      await session.insert({ schema: 'shop', name: 'a' }, [[{ id: 1, b_id: 7 }]]);
    });
    await expect(write).rejects.toMatchObject({ problem: 'constraint' });
    expect(await count('a')).toBe(0);
    const again = session.insert({ schema: 'shop', name: 'a' }, [[{ id: 1, b_id: 7 }]]);
    await expect(again).rejects.toMatchObject({ problem: 'constraint' });
    const receipt = await seed();
    // Somebody refers to a row of the circle.
    await server.query('INSERT INTO c SELECT 77777, max(id) FROM a');
    expect(await undoSeed(session, receipt)).toMatchObject({ isDone: false, reason: 'rows_in_use' });
    const remove = session.transaction(async () => {
      await session.deferKeys?.(tables);
      await session.remove({ schema: 'shop', name: 'a' }, [
        [...(await server.query<{ id: number }>('SELECT max(id) AS id FROM a'))],
      ]);
    });
    await expect(remove).rejects.toMatchObject({ problem: 'constraint' });
    await server.query('DELETE FROM c WHERE id = 77777');
    expect(await undoSeed(session, receipt)).toMatchObject({ isDone: true });
    expect([await count('a'), await count('b'), await count('c')]).toEqual([0, 0, 0]);
  });

  it('is all or nothing in one transaction, and stops when told to', async () => {
    await server.remake(`${MYSQL_SHOP}; ALTER TABLE wish ADD CHECK (customer_id MOD 7 <> 3)`);
    const before = await server.checksums();
    const made = await plan();
    expect(made.problems).toMatchObject([{ code: 'check_not_met', subject: 'shop.wish' }]);
    await expect(applySeed(session, made, { mode: 'transaction' })).rejects.toMatchObject({ problem: 'constraint' });
    expect(await server.checksums()).toEqual(before);
    const stop = new AbortController();
    const work = applySeed(session, made, { mode: 'transaction', signal: stop.signal, onProgress: () => stop.abort() });
    await expect(work).rejects.toMatchObject({ name: 'AbortError' });
    expect(await server.checksums()).toEqual(before);
  });

  it('writes no row of a table without key and transactions twice, and says when that cannot be known', async () => {
    for (const engine of ['InnoDB', 'MyISAM']) {
      await server.remake(`CREATE TABLE log (line varchar(80), n int CHECK (n >= 0)) ENGINE = ${engine}`);
      const made = await plan({ rows: 3000 });
      // A row in the second half of the chunk is refused.
      let kept: Receipt | undefined;
      const keep = async (receipt: Receipt): Promise<void> => {
        kept = receipt;
      };
      await server.query(`CREATE TRIGGER stop BEFORE INSERT ON log FOR EACH ROW
        IF (SELECT count(*) FROM log) >= 2500 THEN SIGNAL SQLSTATE '45000'; END IF`);
      await expect(applySeed(session, made, { keep })).rejects.toMatchObject({ problem: 'constraint' });
      expect(await count('log')).toBe(engine === 'InnoDB' ? 0 : 2500);
      await server.query('DROP TRIGGER stop');
      const again = applySeed(session, made, { keep, receipt: kept });
      if (engine === 'InnoDB') {
        await again;
        expect(await count('log')).toBe(3000);
      } else await expect(again).rejects.toMatchObject({ code: 'rows_in_doubt' });
    }
  });

  it('says what the system does not keep', async () => {
    await server.remake(`
      CREATE TABLE old (id int AUTO_INCREMENT PRIMARY KEY, name varchar(20)) ENGINE = MyISAM;
      CREATE TABLE kept (id int PRIMARY KEY, name text, UNIQUE (name(4))) WITH SYSTEM VERSIONING;
      CREATE TABLE noted (id int PRIMARY KEY); CREATE TRIGGER t BEFORE INSERT ON noted FOR EACH ROW SET NEW.id = NEW.id`);
    const { problems } = await plan();
    expect(problems.map(({ subject, message }) => `${subject}: ${message}`)).toEqual([
      'kept: it keeps the history of its rows: what is removed stays in that',
      'kept.name: a unique index of the beginnings of texts, which rows are not made for',
      'noted: it has triggers, which may change or refuse rows',
      'old: its engine MyISAM keeps no transactions: rows that were written before an error stay',
    ]);
  });
});
