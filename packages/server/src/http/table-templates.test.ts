import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addProject } from '../testing/add-project.ts';
import { type Client, expectError } from '../testing/client.ts';
import { type Databases, startDatabases } from '../testing/databases.ts';
import { startOn, type TestServer } from '../testing/servers.ts';

interface Field {
  readonly name: string;
  readonly type: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly meta?: { readonly comment: string };
}
interface Notice {
  readonly code: string;
  readonly subject: string;
  readonly message: string;
}
interface TableTemplate {
  readonly template: { readonly name: string; readonly fields: readonly Field[] };
  readonly notices: readonly Notice[];
}
interface Created {
  readonly templates: readonly {
    readonly table: { readonly name: string };
    readonly template: { readonly id: string; readonly name: string; readonly fields: readonly Field[] };
    readonly notices: readonly Notice[];
  }[];
  readonly leftOut: readonly { readonly name: string }[];
}

const HOSTILE = 'or"der; -- `select` 💥';
const POSTGRES = `
  CREATE TYPE mood AS ENUM ('happy', 'it''s "ok"', '😀');
  CREATE DOMAIN rate AS numeric(5,2) CHECK (VALUE BETWEEN 0 AND 100);
  CREATE TABLE "${HOSTILE.replaceAll('"', '""')}" (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    "select" varchar(12) NOT NULL UNIQUE,
    "with ""quotes"" and blanks " text NOT NULL CHECK (char_length("with ""quotes"" and blanks ") BETWEEN 3 AND 30),
    "💥" integer NOT NULL CHECK ("💥" > 10 AND "💥" <= 99),
    code char(4) NOT NULL,
    status text NOT NULL CHECK (status IN ('new', 'paid', 'sent')),
    mood mood NOT NULL DEFAULT 'happy',
    price numeric(8,2) NOT NULL CHECK (price >= 0),
    share rate NOT NULL,
    born date NOT NULL CHECK (born < '2010-01-01'),
    opened timestamptz NOT NULL DEFAULT now(),
    closed timestamptz,
    at time NOT NULL,
    tags text[] NOT NULL,
    grid integer[][] NOT NULL,
    moods mood[] NOT NULL,
    data jsonb NOT NULL,
    blob bytea NOT NULL,
    one bytea NOT NULL CHECK (octet_length(one) >= 1),
    flag boolean NOT NULL,
    uid uuid NOT NULL UNIQUE,
    ip inet NOT NULL,
    bits bit(5) NOT NULL,
    tiny smallint NOT NULL,
    ratio double precision,
    gross numeric(10,2) GENERATED ALWAYS AS (price * 2) STORED,
    CHECK (closed IS NULL OR closed > opened));
  COMMENT ON COLUMN "${HOSTILE.replaceAll('"', '""')}".code IS 'Four letters';
  CREATE TABLE seat (hall text NOT NULL CHECK (hall IN ('a', 'b', 'c')), line smallint NOT NULL CHECK (line BETWEEN 1 AND 50),
    place smallint NOT NULL CHECK (place BETWEEN 1 AND 20), note varchar(40), PRIMARY KEY (hall, line, place));
  CREATE TABLE customer (id serial PRIMARY KEY, email varchar(60) NOT NULL UNIQUE, city text);
  CREATE TABLE product (sku varchar(20) PRIMARY KEY, name text NOT NULL);
  CREATE TABLE purchase (id integer PRIMARY KEY, customer_id integer NOT NULL REFERENCES customer,
    payer_id integer REFERENCES customer, total numeric(9,2) NOT NULL, parent integer REFERENCES purchase);
  CREATE TABLE line (purchase_id integer NOT NULL REFERENCES purchase, sku varchar(20) NOT NULL REFERENCES product,
    quantity integer NOT NULL CHECK (quantity BETWEEN 1 AND 9), PRIMARY KEY (purchase_id, sku));
  CREATE TABLE counted (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
  CREATE TABLE strange (id integer PRIMARY KEY, v text NOT NULL CHECK (md5(v) < 'f'))`;
const MYSQL_NAME = 'or"der; -- `select`';
const q = (name: string): string => `\`${name.replaceAll('`', '``')}\``;
const MARIADB = `
  CREATE TABLE ${q(MYSQL_NAME)} (
    id bigint unsigned AUTO_INCREMENT PRIMARY KEY,
    \`select\` varchar(12) NOT NULL UNIQUE,
    ${q('with "quotes" and `ticks`')} varchar(100) NOT NULL CHECK (char_length(${q('with "quotes" and `ticks`')}) between 3 and 30),
    ümläut int NOT NULL CHECK (ümläut > 10 AND ümläut <= 99),
    code char(4) NOT NULL COMMENT 'Four letters',
    status varchar(10) NOT NULL CHECK (status IN ('new', 'paid', 'sent')),
    mood enum('happy', 'it''s "ok"', '💤') NOT NULL DEFAULT 'happy',
    sizes set('s', 'm', 'l') NOT NULL,
    price decimal(8,2) NOT NULL CHECK (price >= 0),
    born date NOT NULL CHECK (born < '2010-01-01'),
    opened datetime(3) NOT NULL,
    stamped timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    at time NOT NULL,
    data json NOT NULL,
    bin varbinary(20) NOT NULL,
    two binary(2) NOT NULL,
    flag bool NOT NULL,
    bits bit(5) NOT NULL,
    tiny tinyint unsigned NOT NULL,
    y year NOT NULL,
    ratio double,
    f float NOT NULL,
    uid uuid NOT NULL,
    gross decimal(10,2) AS (price * 2) STORED,
    CHECK (f >= 0 AND f < 10))`;

/** What is told of columns that need nothing more. */
const USUAL = ['generated_column', 'identity_column', 'has_default', 'json_content', 'key_continues'];

describe('templates of tables', () => {
  let server: TestServer;
  let client: Client;
  let databases: Databases;
  let shop: string;
  let mysql: string;
  beforeAll(async () => {
    [server, databases] = await Promise.all([startOn('external', { privateTargets: ['127.0.0.1'] }), startDatabases()]);
    client = server.client;
    await databases.postgres.query(POSTGRES);
    await databases.mysql.query(MARIADB);
    const create = async (name: string, type: string, url: string): Promise<string> =>
      (await client.post<{ id: string }>('/connections', { name, type, url })).body.id;
    shop = await create('shop', 'postgres', databases.postgres.url());
    mysql = await create('mysql', 'mysql', databases.mysql.url());
  }, 180_000);
  afterAll(async () => {
    await Promise.all([server?.close(), databases?.stop()]);
  });

  const templateOf = async (connection: string, table: string, more = ''): Promise<TableTemplate> => {
    const path = `/connections/${connection}/metadata/template?table=${encodeURIComponent(table)}${more}`;
    const { status, body, text } = await client.get<TableTemplate>(path);
    expect({ status, text: text.slice(0, 1000) }).toMatchObject({ status: 200 });
    return body;
  };
  const keep = async (template: object): Promise<string> => {
    const kept = await client.post<{ id: string }>('/templates', template);
    expect({ status: kept.status, text: kept.text.slice(0, 2000) }).toMatchObject({ status: 201 });
    return kept.body.id;
  };
  const push = async (connection: string, body: object) => {
    const { body: queued, text } = await client.post<{ run_id: string }>(`/connections/${connection}/push`, {
      seed: 's',
      ...body,
    });
    expect(text).toContain('run_');
    const { body: run } = await client.get<{ state: string; error: object; result: object }>(
      `/runs/${queued.run_id}?wait=true`,
    );
    return run;
  };
  const isIn = (written: number) => ({ state: 'done', error: null, result: { written, failed: 0 } });
  const field = ({ template }: TableTemplate, name: string) => template.fields.find((one) => one.name === name);

  it('make rows that go into a table of PostgreSQL, whatever it has of types, rules and names', async () => {
    const made = await templateOf(shop, HOSTILE);
    expect(made.notices.filter(({ code }) => !USUAL.includes(code))).toEqual([]);
    expect(made.template.fields.map(({ name }) => name)).not.toContain('id');
    expect(made.template.fields.map(({ name }) => name)).not.toContain('gross');
    expect(field(made, 'code')).toMatchObject({ meta: { comment: 'Four letters' } });
    expect(field(made, 'select')).toMatchObject({ options: { unique: true } });
    expect(field(made, 'status')).toMatchObject({ type: 'enum', options: { values: ['new', 'paid', 'sent'] } });
    expect(field(made, '💥')).toMatchObject({ options: { min: 11, max: 99 } });
    const subjects = (code: string) => made.notices.filter((one) => one.code === code).map(({ subject }) => subject);
    expect(subjects('generated_column')).toEqual([`${HOSTILE}.id`, `${HOSTILE}.gross`]);
    expect(subjects('has_default')).toEqual([`${HOSTILE}.mood`, `${HOSTILE}.opened`]);
    const template = await keep(made.template);
    expect(await push(shop, { template_id: template, table: HOSTILE, count: 1000 })).toMatchObject(isIn(1000));
    const [row] = await databases.postgres.query(
      `SELECT octet_length(blob) AS bytes, array_length(tags, 1) AS tags, array_ndims(grid) AS grid FROM "${HOSTILE.replaceAll('"', '""')}" LIMIT 1`,
    );
    expect(row).toMatchObject({ bytes: 12, grid: 2 });
  });

  it('make rows that go into a table of MariaDB, whatever it has of types, rules and names', async () => {
    const made = await templateOf(mysql, MYSQL_NAME);
    expect(made.notices.filter(({ code }) => !USUAL.includes(code))).toEqual([
      // The server does not say what they are.
      expect.objectContaining({ code: 'not_described', subject: `${MYSQL_NAME}.mood` }),
    ]);
    expect(field(made, 'code')).toMatchObject({ meta: { comment: 'Four letters' } });
    const template = await keep(made.template);
    expect(await push(mysql, { template_id: template, table: MYSQL_NAME, count: 1000 })).toMatchObject(isIn(1000));
    expect(
      (await databases.mysql.query(`SELECT count(*) AS n FROM ${q(MYSQL_NAME)} WHERE gross = price * 2`))[0],
    ).toMatchObject({
      n: 1000,
    });
  });

  it('keep rows apart by keys of several columns, and go on behind what is there', async () => {
    const seats = await templateOf(shop, 'seat');
    expect(seats.notices).toContainEqual(expect.objectContaining({ code: 'few_unique_values' }));
    const template = await keep(seats.template);
    expect(await push(shop, { template_id: template, table: 'seat', count: 1000 })).toMatchObject(isIn(1000));
    const strange = await templateOf(shop, 'strange');
    expect(strange.notices).toMatchObject([{ code: 'check_not_understood', subject: 'strange' }]);
    expect(strange.notices[0]?.message).toContain('md5');
    await databases.postgres.query(`INSERT INTO strange VALUES (41, 'b')`);
    expect(field(await templateOf(shop, 'strange'), 'id')).toEqual({
      name: 'id',
      type: 'sequence',
      options: { start: 42 },
    });
  });

  it('are made together, refer to each other, and their rows meet all foreign keys', async () => {
    const tables = ['line', 'purchase', { table: 'customer', name: 'Customers of the shop' }, 'product', 'counted'];
    const { status, body, text } = await client.post<Created>(`/connections/${shop}/templates`, { tables, rows: 200 });
    expect({ status, text: text.slice(0, 2000) }).toMatchObject({ status: 201 });
    expect(body.leftOut).toMatchObject([{ name: 'counted' }]);
    const names = body.templates.map(({ table }) => table.name);
    expect(names.toSorted()).toEqual(['customer', 'line', 'product', 'purchase']);
    expect(names.indexOf('line')).toBe(3);
    expect(body.templates.find(({ table }) => table.name === 'customer')?.template.name).toBe('Customers of the shop');
    for (const { table, template } of body.templates) {
      const count = table.name === 'line' ? 1000 : 200;
      const run = await push(shop, { template_id: template.id, table: table.name, schema: 'public', count });
      expect({ table: table.name, ...run }).toMatchObject(isIn(count));
    }
    const { body: audit } = await client.get<{ items: object[] }>('/audit?action=template.created&limit=4');
    expect(audit.items).toHaveLength(4);
    for (const item of audit.items) expect(item).toMatchObject({ details: { connection: shop } });
  });

  it('pick from rows that are there, where the other table has no template beside', async () => {
    const made = await templateOf(shop, 'purchase');
    expect(field(made, 'customer_id')).toMatchObject({
      type: 'db_response',
      options: { table: 'customer', query: 'id' },
    });
    expect(field(made, 'parent')).toMatchObject({ type: 'null' });
    expect(made.notices.filter(({ code }) => code === 'foreign_key')).toHaveLength(3);
    const template = await keep(made.template);
    const order = { table: 'purchase', schema: 'public', template_id: template, count: 1000 };
    expect(await client.post(`/connections/${shop}/rows`, order)).toMatchObject({
      status: 200,
      body: { written: 1000 },
    });
    const none = await templateOf(shop, 'purchase', '&references=none');
    expect(field(none, 'payer_id')).toMatchObject({ type: 'null' });
  });

  it('are created all or none, by those who may', async () => {
    const count = async () => (await client.get<{ total: number }>('/templates')).body.total;
    const before = await count();
    const wrong = await client.post(`/connections/${shop}/templates`, { tables: ['customer', 'nowhere'] });
    expect(expectError(wrong, 422, 'validation_error')).toMatchObject([
      { code: 'table_missing', pointer: '/tables/1' },
    ]);
    const only = await client.post(`/connections/${shop}/templates`, { tables: ['counted'] });
    expect(expectError(only, 422, 'validation_error')).toMatchObject([{ code: 'no_columns', pointer: '/tables' }]);
    const strange = await client.get(`/connections/${shop}/metadata/template?table=customer&locale=xx_YY`);
    expect(expectError(strange, 422, 'validation_error')).toMatchObject([{ pointer: '/locale' }]);
    expect(await count()).toBe(before);
    const other = await client.as(await addProject(server));
    expectError(await other.post(`/connections/${shop}/templates`, {}), 404, 'not_found');
  });
});
