import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DatabaseSchema, Table } from '../schema/schema.ts';
import { type MariaDbServer, startMariaDb } from '../testing/start-mariadb.ts';
import { introspect } from './introspect.ts';
import type { Query } from './query.ts';
import { FACTS, type ServerFacts, serverFacts } from './server-facts.ts';

const DDL = `
  CREATE TABLE \`we"ird \`\`Näme\` (
    id bigint unsigned AUTO_INCREMENT PRIMARY KEY COMMENT 'made',
    \`a'b"c\` text DEFAULT 'x'' y\\\\z', v varchar(40) NOT NULL, c char(3), tt tinytext, mt mediumtext CHARACTER SET latin1, lt longtext,
    ti tinyint, b boolean DEFAULT true, tu tinyint unsigned, t1u tinyint(1) unsigned, s smallint, m mediumint, i int(5) zerofill, bi bigint, y year,
    n decimal(65,30), n0 decimal(10), f float, f2 float(7,2), d double, d2 double unsigned, b1 bit, b5 bit(5),
    bin binary(16), vb varbinary(300), bl blob, lb longblob, dt date, tm time, tm3 time(3), da datetime, da6 datetime(6),
    ts timestamp(2) NOT NULL DEFAULT current_timestamp(2) ON UPDATE current_timestamp(2), e enum('sad','it''s "fine"','a,b','back\\\\slash'),
    st set('a','b','c'), j json, u uuid, ip4 inet4, ip6 inet6, g geometry, p point,
    full_name varchar(200) GENERATED ALWAYS AS (concat(v, coalesce(c, ''))) VIRTUAL, stored int AS (s * 2) STORED,
    UNIQUE (v, s), UNIQUE KEY un (u), UNIQUE KEY prefix (lt(10)), CHECK (s BETWEEN 1 AND 10), CONSTRAINT \`od'd\` CHECK (dt > '2000-01-01' OR c IS NULL),
    col_rule int CHECK (col_rule <> 7 AND v <> 'json_valid')
  ) COMMENT 'Of all kinds';
  CREATE TABLE parent (a int, b varchar(20), PRIMARY KEY (b, a), up_a int, up_b varchar(20), FOREIGN KEY up (up_b, up_a) REFERENCES parent (b, a));
  CREATE TABLE child (id int PRIMARY KEY, y varchar(20), x int, CONSTRAINT fk FOREIGN KEY (y, x) REFERENCES parent (b, a));
  CREATE TABLE many (id int PRIMARY KEY, st set('1','2','3','4','5','6','7')) ENGINE = MyISAM;
  CREATE TABLE versioned (id int PRIMARY KEY) WITH SYSTEM VERSIONING;
  CREATE TABLE Child2 (id int);
  CREATE SEQUENCE seq; CREATE VIEW seen AS SELECT 1 AS one;
  CREATE DATABASE other; CREATE TABLE other.child (id int, CONSTRAINT far FOREIGN KEY (id) REFERENCES shop.child (id));
  CREATE TRIGGER tr BEFORE INSERT ON parent FOR EACH ROW SET NEW.a = NEW.a;
`;

describe('what MariaDB says of its tables', () => {
  let server: MariaDbServer;
  let schema: DatabaseSchema;
  let query: Query;
  let facts: ServerFacts;
  const table = (name: string): Table => schema.tables.find((one) => one.name === name) as Table;
  beforeAll(async () => {
    server = await startMariaDb();
    await server.query(DDL);
    query = async (text) =>
      (await server.query(text)).map((row) =>
        Object.values(row).map((value) => (value === null ? null : String(value))),
      );
    facts = serverFacts((await query(FACTS))[0]?.map(String) ?? []);
    schema = await introspect(query, facts, ['shop']);
  });
  afterAll(() => server?.stop());

  it('names the tables of the databases that are asked for, without views and sequences', async () => {
    expect(schema.tables.map(({ name }) => name)).toEqual([
      'child',
      'Child2',
      'many',
      'parent',
      'versioned',
      'we"ird `Näme',
    ]);
    const both = await introspect(query, facts, ['shop', 'other']);
    expect(both.tables.map(({ schema: at, name }) => `${at}.${name}`)).toContain('other.child');
    expect((await introspect(query, facts, ['nothing'])).tables).toEqual([]);
    expect((await introspect(query, facts, ['shop'], 'seen')).tables.map(({ name }) => name)).toEqual(['seen']);
    expect((await introspect(query, facts, ['shop'], 'CHILD')).tables).toEqual([]);
    expect((await introspect(query, facts, ['shop'], 'child2')).tables).toEqual([]);
  });

  it('describes columns of all kinds', () => {
    const weird = table('we"ird `Näme');
    expect(weird.comment).toBe('Of all kinds');
    const shown = weird.columns.map(
      ({ name, kind, isPadded, nullable, maxLength, precision, scale, generated, default: said }) =>
        [
          name,
          kind,
          isPadded ? 'padded' : '',
          nullable ? '' : 'not null',
          maxLength,
          precision,
          scale,
          generated,
          said === null ? '' : `= ${said}`,
        ]
          .filter((part) => part !== null && part !== '')
          .join(' '),
    );
    expect(shown).toMatchInlineSnapshot(`
      [
        "id integer not null 64 by_default",
        "a'b"c text 16383 = 'x\\' y\\\\z'",
        "v text not null 40",
        "c text 3",
        "tt text 63",
        "mt text 16777215",
        "lt text",
        "ti integer 8",
        "b boolean = 1",
        "tu integer 8",
        "t1u integer 8",
        "s integer 16",
        "m integer 24",
        "i integer 32",
        "bi integer 64",
        "y integer 16",
        "n decimal 65 30",
        "n0 decimal 10 0",
        "f float 32",
        "f2 float 32 2",
        "d float 64",
        "d2 float 64",
        "b1 boolean",
        "b5 bits padded 5",
        "bin binary padded 16",
        "vb binary 300",
        "bl binary 65535",
        "lb binary",
        "dt date",
        "tm time 0",
        "tm3 time 3",
        "da datetime 0",
        "da6 datetime 6",
        "ts datetime_zoned not null 2 = current_timestamp(2)",
        "e text",
        "st text",
        "j json",
        "u uuid",
        "ip4 ip",
        "ip6 ip",
        "g other",
        "p other",
        "full_name text 200 always",
        "stored integer 32 always",
        "col_rule integer 32",
      ]
    `);
    const valuesOf = (name: string): unknown => weird.columns.find((column) => column.name === name)?.values;
    expect(valuesOf('e')).toEqual(['sad', 'it\'s "fine"', 'a,b', 'back\\slash']);
    expect(valuesOf('st')).toEqual(['', 'a', 'b', 'a,b', 'c', 'a,c', 'b,c', 'a,b,c']);
    expect(table('many').columns[1]?.values).toEqual(['1', '2', '3', '4', '5', '6', '7']);
    expect(weird.columns[0]).toMatchObject({ comment: 'made', type: 'bigint(20) unsigned' });
    expect(weird.columns[1]?.comment).toBeNull();
  });

  it('describes keys and rules', () => {
    const weird = table('we"ird `Näme');
    expect(weird.primaryKey?.columns).toEqual(['id']);
    expect(weird.uniqueKeys.map(({ name, columns }) => [name, columns])).toEqual([
      ['un', ['u']],
      ['v', ['v', 's']],
    ]);
    expect(weird.checks).toMatchInlineSnapshot(`
      [
        {
          "expression": "\`col_rule\` <> 7 and \`v\` <> 'json_valid'",
          "name": "col_rule",
        },
        {
          "expression": "\`s\` between 1 and 10",
          "name": "CONSTRAINT_1",
        },
        {
          "expression": "\`dt\` > '2000-01-01' or \`c\` is null",
          "name": "od'd",
        },
        {
          "expression": "\`id\` >= 0",
          "name": "id unsigned",
        },
        {
          "expression": "\`tu\` >= 0",
          "name": "tu unsigned",
        },
        {
          "expression": "\`t1u\` >= 0",
          "name": "t1u unsigned",
        },
        {
          "expression": "\`i\` >= 0",
          "name": "i unsigned",
        },
        {
          "expression": "\`y\` between 1901 and 2155",
          "name": "y year",
        },
        {
          "expression": "\`f2\` between -99999 and 99999",
          "name": "f2 digits",
        },
        {
          "expression": "\`d2\` >= 0",
          "name": "d2 unsigned",
        },
        {
          "expression": "\`ts\` between '1970-01-02 00:00:00' and '2038-01-18 00:00:00'",
          "name": "ts timestamp",
        },
      ]
    `);
    expect(table('parent').primaryKey?.columns).toEqual(['b', 'a']);
    expect(table('parent').foreignKeys).toMatchObject([
      { columns: ['up_b', 'up_a'], to: { schema: 'shop', name: 'parent' }, toColumns: ['b', 'a'] },
    ]);
    expect(table('child').foreignKeys).toEqual([
      {
        name: 'fk',
        columns: ['y', 'x'],
        to: { schema: 'shop', name: 'parent' },
        toColumns: ['b', 'a'],
        isDeferrable: false,
      },
    ]);
  });

  it('follows keys into other databases', async () => {
    const { tables } = await introspect(query, facts, ['other']);
    expect(tables[0]?.foreignKeys[0]).toMatchObject({ name: 'far', to: { schema: 'shop', name: 'child' } });
  });

  it('tells what it saw and does not describe', () => {
    expect(schema.notices).toMatchInlineSnapshot(`
      [
        {
          "code": "no_transactions",
          "message": "its engine MyISAM keeps no transactions: rows that were written before an error stay",
          "subject": "many",
        },
        {
          "message": "a set of many members: values are made with one member each",
          "subject": "many.st",
        },
        {
          "code": "triggers",
          "message": "it has triggers, which may change or refuse rows",
          "subject": "parent",
        },
        {
          "message": "it keeps the history of its rows: what is removed stays in that",
          "subject": "versioned",
        },
        {
          "message": "a unique index of the beginnings of texts, which rows are not made for",
          "subject": "we"ird \`Näme.prefix",
        },
      ]
    `);
  });

  it('tells about how many rows there are', async () => {
    await server.query('INSERT INTO many (id) SELECT seq FROM seq_1_to_500; ANALYZE TABLE many');
    expect((await introspect(query, facts, ['shop'], 'many')).tables[0]?.rowEstimate).toBe(500);
  });
});
