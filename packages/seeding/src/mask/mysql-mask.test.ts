import type { Row, Session } from '@datamaker/connectors';
import { MaskKey } from '@datamaker/engine';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type SeedServer, startMariaDbToSeed } from '../testing/systems.ts';
import { applyMask, refuseSame } from './apply-mask.ts';
import { planMask } from './plan-mask.ts';

const key = new MaskKey(new TextEncoder().encode('a key of the tests, 32 characters'));

const DDL = `
  CREATE TABLE customer (id int AUTO_INCREMENT PRIMARY KEY, email varchar(60) NOT NULL UNIQUE, born date, seen timestamp NULL, favourite int, badge binary(16),
    initial char(1) AS (left(email, 1)) STORED);
  CREATE TABLE orders (id int AUTO_INCREMENT PRIMARY KEY, customer_id int NOT NULL, buyer varchar(60) NOT NULL, note text, info json,
    FOREIGN KEY (customer_id) REFERENCES customer (id), FOREIGN KEY (buyer) REFERENCES customer (email));
  ALTER TABLE customer ADD FOREIGN KEY (favourite) REFERENCES orders (id);
  CREATE TABLE a (id int PRIMARY KEY, b int NOT NULL); CREATE TABLE b (id int PRIMARY KEY, a int NOT NULL, FOREIGN KEY (a) REFERENCES a (id));
  ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b (id);`;
const ROWS = `
  INSERT INTO customer (email, badge, born) SELECT concat('real.person', seq, '@corp.test'), unhex(md5(seq)), if(seq % 7 = 0, '0000-00-00', date '1970-01-01' + interval seq day) FROM seq_1_to_50;
  INSERT INTO orders (customer_id, buyer, note, info) SELECT id, email, 'fine', '{"a": 1.50}' FROM customer ORDER BY id;
  UPDATE customer SET favourite = id WHERE id % 2 = 0;
  SET foreign_key_checks = 0; INSERT INTO a VALUES (1, 2), (2, 1); INSERT INTO b VALUES (1, 2), (2, 1); SET foreign_key_checks = 1;`;
const POLICY = {
  fields: [
    { field: 'customer.email', strategy: 'format-preserve' },
    { field: 'customer.badge', strategy: 'redact', token: 'gone' },
    { field: 'shop.customer.born', strategy: 'shift', days: 30 },
  ],
};

describe('masking from one database of a MariaDB server to another', () => {
  let server: SeedServer;
  const open: Session[] = [];
  beforeAll(async () => {
    server = await startMariaDbToSeed();
  });
  afterAll(() => server?.stop());
  afterEach(async () => {
    for (const session of open.splice(0)) await session.close();
  });
  const pair = async (rows = ROWS, readOnly = true): Promise<[Session, Session]> => {
    await server.query(`DROP DATABASE IF EXISTS copy; CREATE DATABASE copy CHARACTER SET utf8mb4; USE copy; ${DDL}`);
    await server.remake(`SET sql_mode = ''; ${DDL} ${rows}`);
    open.push(await server.open('shop', readOnly), await server.open('copy'));
    return open as unknown as [Session, Session];
  };
  const rowsOf = async (session: Session, schema: string, name: string): Promise<Row[]> => {
    const all: Row[] = [];
    for await (const some of session.read({ table: { schema, name }, orderBy: ['id'] })) all.push(...some);
    return all;
  };

  it('keeps joins, circles and zero dates, and goes on behind the keys', async () => {
    const [source, destination] = await pair();
    const plan = await planMask(source, destination, { policy: POLICY, key });
    expect(plan.problems).toEqual([]);
    expect(plan.notes.map(({ code, subject }) => `${code} ${subject}`)).toEqual([
      'key_checked_late shop.a',
      'key_checked_late shop.b',
    ]);
    const report = await applyMask(source, destination, plan, { key });
    expect(report).toMatchObject({ joins: 5 });
    const masked = await rowsOf(destination, 'copy', 'customer');
    expect(masked).toHaveLength(50);
    expect(masked[6]).toMatchObject({ born: '0000-00-00', favourite: null });
    expect(Buffer.from(masked[6]?.['badge'] as Uint8Array).toString()).toBe(`gone${'\0'.repeat(12)}`);
    expect(masked[7]).toMatchObject({ favourite: 8 });
    expect(masked.some(({ email }) => String(email).startsWith('real.person'))).toBe(false);
    expect((await rowsOf(destination, 'copy', 'orders')).map(({ buyer }) => buyer)).toEqual(
      masked.map(({ email }) => email),
    );
    await server.query(`INSERT INTO copy.customer (email) VALUES ('next@corp.test')`);
    expect((await rowsOf(destination, 'copy', 'customer')).at(-1)).toMatchObject({ id: 51 });
  });

  it('puts rows in the place of others only when told to, and not where somebody else refers to them', async () => {
    const [source, destination] = await pair();
    await server.query(`INSERT INTO copy.customer (id, email) VALUES (1000, 'old@corp.test');
      CREATE TABLE copy.visit (id int PRIMARY KEY, customer_id int NOT NULL, FOREIGN KEY (customer_id) REFERENCES copy.customer (id) ON DELETE CASCADE);
      INSERT INTO copy.visit VALUES (1, 1000)`);
    const refused = await planMask(source, destination, { policy: POLICY, key });
    expect(refused.problems).toMatchObject([{ code: 'destination_not_empty', subject: 'shop.customer' }]);
    const plan = await planMask(source, destination, { policy: POLICY, key, replace: true });
    await expect(applyMask(source, destination, plan, { key, replace: true })).rejects.toMatchObject({
      problem: 'constraint',
    });
    expect(await rowsOf(destination, 'copy', 'customer')).toMatchObject([{ id: 1000 }]);
    expect(await destination.count({ schema: 'copy', name: 'visit' })).toBe(1);
    await server.query('DELETE FROM copy.visit');
    await applyMask(source, destination, plan, { key, replace: true });
    expect(await destination.count({ schema: 'copy', name: 'customer' })).toBe(50);
  });

  it('reads all tables of the source as they were at one moment', async () => {
    const [source, destination] = await pair();
    const plan = await planMask(source, destination, { policy: POLICY, key });
    let written: Promise<unknown> | undefined;
    const report = await applyMask(source, destination, plan, {
      key,
      onProgress: () => {
        written ??= server.query(
          `INSERT INTO shop.b SELECT 9, 1; INSERT INTO shop.customer (email) VALUES ('late@corp.test')`,
        );
      },
    });
    await written;
    expect(report.tables.find(({ table }) => table === 'shop.customer')).toMatchObject({ rows: 50 });
    expect(report.tables.find(({ table }) => table === 'shop.b')).toMatchObject({ rows: 2 });
  });

  it('refuses one database under two names, tables that keep no transactions, and other databases beside', async () => {
    const [source, destination] = await pair('', false);
    await expect(refuseSame(source, destination)).resolves.toBeUndefined();
    const again = await server.open('shop');
    open.push(again);
    await expect(refuseSame(source, again)).rejects.toMatchObject({ code: 'mask_not_ready' });
    await server.query(
      `CREATE TABLE shop.old (id int PRIMARY KEY); CREATE TABLE copy.old (id int PRIMARY KEY) ENGINE = MyISAM`,
    );
    const { problems } = await planMask(source, destination, { policy: POLICY, key });
    expect(problems).toMatchObject([{ code: 'keeps_no_transactions', subject: 'old' }]);
    await server.query('DROP TABLE shop.old; DROP TABLE copy.old');
    const both = await server.open('shop', false, ['shop', 'copy']);
    open.push(both);
    await expect(planMask(both, destination, {})).rejects.toMatchObject({ code: 'not_supported' });
  });
});
