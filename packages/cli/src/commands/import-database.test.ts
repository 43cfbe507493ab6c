import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MariaDbServer, startMariaDb } from '../../../connectors/src/testing/start-mariadb.ts';
import { type PostgresServer, startPostgres } from '../../../connectors/src/testing/start-postgres.ts';
import { DATAMAKER, execute, temporaryFolder } from '../testing/run-datamaker.ts';

const DDL = `
  CREATE TABLE country (code char(2) PRIMARY KEY, name varchar(60) NOT NULL);
  CREATE TABLE customer (id int PRIMARY KEY, email varchar(80) NOT NULL UNIQUE, country char(2) NOT NULL REFERENCES country (code));
  CREATE TABLE purchase (id int PRIMARY KEY, customer_id int NOT NULL, total numeric(9,2) NOT NULL CHECK (total > 0),
    status varchar(10) NOT NULL CHECK (status IN ('new', 'paid')), FOREIGN KEY (customer_id) REFERENCES customer (id));
  INSERT INTO country VALUES ('NL', 'Netherlands'), ('DE', 'Germany')`;

describe('importing tables of a database', () => {
  let postgres: PostgresServer;
  let mariadb: MariaDbServer;
  beforeAll(async () => {
    [postgres, mariadb] = await Promise.all([startPostgres(), startMariaDb()]);
    await Promise.all([postgres.query(DDL), mariadb.query(DDL)]);
  });
  afterAll(() => Promise.all([postgres?.stop(), mariadb?.stop()]));

  const url = (): string => `postgres://test@127.0.0.1:${postgres.port}/postgres`;
  const run = async (folder: string, ...words: readonly string[]) => {
    const variables = [`PGPASSWORD=${postgres.password}`, `MYSQL_PWD=${mariadb.password}`];
    const ended = await execute(['env', ...variables, ...DATAMAKER, ...words], { cwd: folder });
    for (const { password } of [postgres, mariadb]) {
      expect(`${ended.stdout}${ended.stderr}`).not.toContain(password);
    }
    return ended;
  };
  const rowsOf = async (folder: string, template: string, count: number): Promise<string> => {
    const made = await run(folder, 'generate', template, '-n', String(count), '-f', 'json', '--seed', 's');
    expect(made.stderr).toBe('');
    return made.stdout.toString();
  };
  const insert = (table: string, rows: string): Promise<unknown> =>
    postgres.query(
      `INSERT INTO ${table} SELECT * FROM json_populate_recordset(null::${table}, $json$${rows}$json$::json)`,
    );

  it('gives a template whose rows go into the table, with keys that are there', async () => {
    const folder = temporaryFolder();
    const { code, stderr } = await run(folder, 'import', url(), '--table', 'customer', '--out', 'customer.json');
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stderr).toContain('one of 2 keys that are there now [foreign_key]');
    await insert('customer', await rowsOf(folder, 'customer.json', 200));
    await postgres.query('DELETE FROM customer');
  });

  it('gives templates that refer to each other', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'all'));
    const words = ['import', url(), '--table', 'purchase', '--table', 'customer', '--rows', '50', '--out', 'all/'];
    expect(await run(folder, ...words)).toMatchObject({ code: 0 });
    expect(readdirSync(join(folder, 'all')).toSorted()).toEqual(['customer.json', 'purchase.json']);
    await insert('customer', await rowsOf(folder, 'all/customer.json', 50));
    await insert('purchase', await rowsOf(folder, 'all/purchase.json', 300));
    expect((await postgres.query('SELECT count(*)::int AS n FROM purchase'))[0]).toEqual({ n: 300 });
  });

  it('reads MariaDB, too', async () => {
    const folder = temporaryFolder();
    const place = `mysql://test@127.0.0.1:${mariadb.port}/shop`;
    expect(await run(folder, 'import', place, '--table', 'purchase', '-o', 'p.json')).toMatchObject({ code: 0 });
    const { fields } = JSON.parse(readFileSync(join(folder, 'p.json'), 'utf8'));
    expect(fields.map(({ name }: { name: string }) => name)).toEqual(['id', 'customer_id', 'total', 'status']);
    expect(fields[3]).toMatchObject({ type: 'enum', options: { values: ['new', 'paid'] } });
  });

  it.each([
    [['ftp://127.0.0.1/x'], 2, 'invalid_url'],
    [['postgres://test@127.0.0.1:1/x'], 1, 'refused'],
    [['URL'], 2, 'several_templates'],
    [['URL', '--table', 'nowhere'], 2, 'entity_not_found'],
    [['URL', '--kind', 'csv'], 2, 'not_supported'],
    [['URL', '--rows', '0'], 2, 'invalid_value'],
    [['URL', '--locale', 'xx_YY', '--table', 'customer', '-o', 'c.json'], 2, 'unknown_locale'],
    [['x.sql', '--table', 'customer'], 2, 'option_needed'],
  ])('refuses %j: %s %s', async (words, code, told) => {
    const folder = temporaryFolder();
    const ended = await run(folder, 'import', ...words.map((word) => (word === 'URL' ? url() : word)));
    expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code, stderr: expect.stringContaining(told) });
    expect(readdirSync(folder)).toEqual([]);
  });
});
