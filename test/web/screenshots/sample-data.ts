import type { PostgresServer } from '../../../packages/connectors/src/testing/start-postgres.ts';
import { SAMPLES } from '../../../packages/web/src/pages/start/samples.ts';
import type { Served } from '../served.ts';

/** What addresses of pages name. */
export type SampleIds = Readonly<Record<string, string>>;

const TABLES = `
  CREATE TABLE country (code char(2) PRIMARY KEY, name text NOT NULL);
  CREATE TABLE customer (id integer PRIMARY KEY, first_name text NOT NULL, last_name text NOT NULL, email text UNIQUE, phone text,
    street text, city text, postcode text, plan text, signed_up date, country char(2) REFERENCES country);
  CREATE TABLE product (id serial PRIMARY KEY, name text NOT NULL, price numeric(8, 2) CHECK (price > 0));
  CREATE TABLE purchase (id serial PRIMARY KEY, customer_id integer NOT NULL REFERENCES customer, ordered_at timestamptz NOT NULL);
  CREATE TABLE purchase_item (purchase_id integer REFERENCES purchase, product_id integer REFERENCES product,
    quantity integer NOT NULL CHECK (quantity BETWEEN 1 AND 20), PRIMARY KEY (purchase_id, product_id));
  INSERT INTO country VALUES ('DE', 'Germany'), ('FR', 'France'), ('NL', 'Netherlands')`;

const CODE = `"""Orders for the test system, as many as are asked for."""
from datamaker import DataMaker

dm = DataMaker()
count = dm.params.get_int("count", 40)

for number, order in enumerate(dm.generate("Orders", count, seed="nightly"), start=1):
    total = sum(item["price"] * item["quantity"] for item in order["items"])
    print(f"order {number} of {count}: {order['customer']}, {total:.2f}")
`;

/** A workspace as a team has it after a week: a few of everything. */
export async function makeSampleData(server: Served, key: string, database: PostgresServer): Promise<SampleIds> {
  const { ask, url } = server;
  const create = async (path: string, body: object): Promise<string> =>
    (await ask<{ id: string }>('POST', path, body)).id;
  await ask('PATCH', '/workspace', { name: 'Harbour Bank, test data' });
  const templates: Record<string, string> = {};
  for (const { template } of SAMPLES) templates[template.name.toLowerCase()] = await create('/templates', template);
  const { customers = '', orders = '' } = templates;
  await ask('POST', '/sets', { name: 'regression', template_id: customers, count: 500, seed: '2026' });
  const form = new FormData();
  form.set('name', 'products.csv');
  form.set('file', new Blob(['sku,name\nA-1,Lamp\nA-2,Chair\n']), 'products.csv');
  const uploaded = await fetch(`${url}/workspace/files`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
    body: form,
  });
  if (!uploaded.ok) throw new Error(`the file was answered with ${uploaded.status}`);

  await database.query(TABLES);
  const { user, password, host, port } = database;
  const shop = await create('/connections', {
    name: 'Shop',
    type: 'postgres',
    url: `postgres://${user}:${encodeURIComponent(password)}@${host}:${port}/postgres`,
  });
  const old = await create('/connections', {
    name: 'Old shop',
    type: 'rest',
    url: 'http://127.0.0.1:1/',
    options: { retries: 0 },
  });
  await ask('DELETE', `/connections/${old}`);
  const { run_id: push } = await ask<{ run_id: string }>('POST', `/connections/${shop}/push`, {
    template_id: customers,
    table: 'customer',
    count: 250,
    seed: 'demo',
  });
  await ask('GET', `/runs/${push}?wait=true`);

  const scenario = await create('/scenarios', { name: 'Nightly orders', code: CODE });
  const { run_id: run } = await ask<{ run_id: string }>('POST', `/scenarios/${scenario}/run`, { wait: true });
  const chat = await create('/chats', { name: 'Customers for the demo' });
  await ask('POST', `/chats/${chat}/messages`, { text: 'List templates' });
  await sayUntil('event: approval', `${url}/chats/${chat}/messages`, key, 'Generate 8 rows of template Customers');
  await ask('POST', '/secrets', { name: 'CRM_TOKEN', value: 'a value that nobody sees' });
  await ask('POST', '/keys', { name: 'Nightly build' });
  const { token: invite } = await ask<{ token: string }>('POST', '/invites', { role: 'member' });
  return { customers, orders, shop, push, scenario, run, chat, invite };
}

/** Says something in a chat, and listens until an event comes: what waits for an approval waits for minutes. */
async function sayUntil(event: string, url: string, key: string, text: string): Promise<void> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ text }) });
  let heard = '';
  for await (const part of (answer.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream())) {
    heard += part;
    if (heard.includes(event)) return;
  }
  throw new Error(`the chat has ended without ${event}`);
}
