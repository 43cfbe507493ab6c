import { compileTemplate, generateBytes, parseTemplate, type SqlDialect } from '@datamaker/engine';
import { importSchema } from '@datamaker/engine/import';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MariaDbServer, startMariaDb } from '../../packages/connectors/src/testing/start-mariadb.ts';
import { type PostgresServer, startPostgres } from '../../packages/connectors/src/testing/start-postgres.ts';

const ROWS = 100;

const POSTGRES = `
CREATE TYPE status AS ENUM ('new', 'paid', 'shipped');
CREATE DOMAIN percent AS smallint CHECK (VALUE BETWEEN 0 AND 100);
CREATE TABLE customers (
  id bigserial PRIMARY KEY,
  email varchar(40) NOT NULL UNIQUE,
  first_name varchar(12) NOT NULL,
  last_name varchar(20),
  city varchar(15),
  phone varchar(30),
  country char(2) NOT NULL,
  language varchar(5),
  birth_date date CHECK (birth_date < now()),
  points smallint NOT NULL CHECK (points > 0),
  rate numeric(3,3),
  factor numeric(20,10) NOT NULL,
  score real,
  vip boolean NOT NULL DEFAULT false,
  tags text[],
  settings jsonb,
  document xml,
  home point,
  photo bytea,
  ip inet,
  hardware macaddr,
  flags bit(4),
  code char(1) NOT NULL,
  slug varchar(8) UNIQUE,
  wakes time,
  absence interval,
  created_at timestamptz NOT NULL,
  parent_id bigint REFERENCES customers (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE orders (
  id uuid PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES customers ON DELETE CASCADE,
  state status NOT NULL,
  discount percent,
  channel text CHECK ((channel)::text = ANY ((ARRAY['web'::character varying, 'shop'::character varying])::text[])),
  total numeric(10,2) NOT NULL CHECK (total >= 10 AND total <= 20),
  tax numeric(10,2) GENERATED ALWAYS AS (total * 0.19) STORED,
  note text
);
CREATE TABLE order_lines (
  line_no smallint,
  customer_id bigint REFERENCES customers,
  sku varchar(20) NOT NULL,
  PRIMARY KEY (line_no, customer_id)
);`;

const MARIADB = `
CREATE TABLE customers (
  id int unsigned NOT NULL AUTO_INCREMENT,
  email varchar(40) NOT NULL,
  gender enum('f','m','it''s') DEFAULT NULL,
  interests set('a','b') NOT NULL,
  active tinyint(1) NOT NULL DEFAULT '1',
  age tinyint unsigned,
  salary decimal(8,2) unsigned CHECK (salary < 500),
  born year,
  bio mediumtext,
  photo blob,
  secret binary(4),
  settings json,
  created_at datetime NOT NULL DEFAULT CURRENT_TIMESTAMP,
  wakes time,
  PRIMARY KEY (id),
  UNIQUE KEY mail (email)
) ENGINE=InnoDB;
CREATE TABLE orders (
  id char(36) NOT NULL PRIMARY KEY,
  customer_id int unsigned NOT NULL,
  title varchar(200) NOT NULL,
  amount float NOT NULL,
  KEY by_customer (customer_id),
  CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id)
);`;

describe.each([
  ['postgres', startPostgres, POSTGRES, ['customers', 'orders', 'order_lines']],
  ['mysql', startMariaDb, MARIADB, ['customers', 'orders']],
] as const)('templates of tables, for %s', (dialect, start, ddl, tables) => {
  let database: PostgresServer | MariaDbServer;
  beforeAll(async () => {
    database = await start();
  }, 120_000);
  afterAll(() => database?.stop());

  it('give rows that the tables they are made of take, constraints and keys of other tables among them', async () => {
    const imported = await importSchema(ddl);
    if (!imported.ok) throw new Error(JSON.stringify(imported.diagnostics));
    expect(imported.value.templates.map(({ name }) => name)).toEqual(tables);
    await database.query(ddl);
    for (const template of imported.value.templates) {
      const parsed = parseTemplate(template);
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
      const plan = await compileTemplate(parsed.value, { seed: 'import', rows: ROWS });
      if (!plan.ok) throw new Error(JSON.stringify(plan.diagnostics));
      // A chunk is only lent.
      const chunks = Array.from(
        generateBytes(plan.value, { format: 'sql', dialect: dialect as SqlDialect }, 0, ROWS),
        (chunk) => chunk.slice(),
      );
      await database.query(`${Buffer.concat(chunks).toString()}\nSELECT 1;`);
      const [counted] = await database.query(`SELECT count(*) AS n FROM ${template.name}`);
      expect(Number(counted?.['n'])).toBe(ROWS);
    }
  });
});
