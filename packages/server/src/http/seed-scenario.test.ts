import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../../../connectors/src/testing/start-postgres.ts';
import { STORES, startOn, type TestServer } from '../testing/servers.ts';

/** The scenario that the seed prints, word for word; the line breaks that its text has lost are put back. */
const SCENARIO = `from datamaker import DataMaker
dm = DataMaker()
# 1. Generate 100 customers and seed Postgres.
customers = dm.generate(template_id="tmpl_customer", count=100)
dm.connection("conn_postgres").insert(table="customers", rows=customers)
# 2. Generate 500 orders, each referencing a real customer.id.
customer_ids = [c["id"] for c in customers]
orders = dm.generate( template_id="tmpl_order", count=500, overrides={"customer_id": dm.pick_from(customer_ids)},)
dm.connection("conn_postgres").insert(table="orders", rows=orders)
print(f"✓ seeded {len(customers)} customers and {len(orders)} orders")
`;

const DDL = `
  DROP TABLE IF EXISTS orders, customers;
  CREATE TABLE customers (id uuid PRIMARY KEY, name text NOT NULL, email text NOT NULL UNIQUE);
  CREATE TABLE orders (
    id uuid PRIMARY KEY, customer_id uuid NOT NULL REFERENCES customers, total integer NOT NULL CHECK (total > 0))`;

let target: PostgresServer;
beforeAll(async () => {
  target = await startPostgres();
});
afterAll(() => target?.stop());

describe.skipIf(!existsSync('/usr/bin/bwrap')).each(STORES)('the minimal scenario of the seed (%s)', (kind) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startOn(kind, { privateTargets: ['127.0.0.1'] });
    const url = `postgres://test:${encodeURIComponent(target.password)}@127.0.0.1:${target.port}/postgres`;
    await server.client.post('/connections', { name: 'conn_postgres', type: 'postgres', url });
    const email = { name: 'email', type: 'email', options: { unique: true } };
    const customer = [{ name: 'id', type: 'uuid' }, { name: 'name', type: 'full_name' }, email];
    await server.client.post('/templates', { name: 'tmpl_customer', fields: customer });
    const total = { name: 'total', type: 'number', options: { min: 1, max: 900 } };
    const order = [{ name: 'id', type: 'uuid' }, { name: 'customer_id', type: 'uuid' }, total];
    await server.client.post('/templates', { name: 'tmpl_order', fields: order });
    await target.query(DDL);
  });
  afterAll(() => server?.close());

  it('fills both tables of a PostgreSQL from the sandbox, and says so', async () => {
    const { body: made } = await server.client.post('/scenarios', { name: 'minimal', code: SCENARIO });
    const { body: run } = await server.client.post<{ state: string; error: object | null; logs_url: string }>(
      `/scenarios/${made.id}/run`,
      { params: { environment: 'regression' }, wait: 'true' },
    );
    const { text: log } = await server.client.get(run.logs_url);
    expect({ state: run.state, error: run.error, log }).toEqual({
      state: 'done',
      error: null,
      log: 'INSERT customers → 100 rows\nINSERT orders → 500 rows\n✓ seeded 100 customers and 500 orders\n',
    });
    const [customers] = await target.query('SELECT count(*), count(DISTINCT email) AS emails FROM customers');
    expect(customers).toEqual({ count: '100', emails: '100' });
    const [orders] = await target.query(
      'SELECT count(*), count(DISTINCT customer_id) > 50 AS spread FROM orders JOIN customers ON customers.id = customer_id',
    );
    expect(orders).toEqual({ count: '500', spread: true });
  });
});
