import { afterAll, beforeAll, describe, it } from 'vitest';
import { type MariaDbServer, startMariaDb } from '../../packages/connectors/src/testing/start-mariadb.ts';
import { type PostgresServer, startPostgres } from '../../packages/connectors/src/testing/start-postgres.ts';
import { PlainSandbox } from '../../packages/server/src/testing/plain-sandbox.ts';
import { startOn, type TestServer } from '../../packages/server/src/testing/servers.ts';
import { type PageRun, runPage } from './run-page.ts';

const SHOP = `
  CREATE TABLE customer (id bigint PRIMARY KEY, email varchar(120) NOT NULL);
  CREATE TABLE customers (id bigint PRIMARY KEY, email varchar(120) NOT NULL);
  CREATE TABLE purchase (id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customer (id), total numeric(8, 2));
  CREATE TABLE line (purchase_id bigint REFERENCES purchase (id), number int, sku varchar(12), PRIMARY KEY (purchase_id, number));`;
const FIELDS = [
  { name: 'id', type: 'sequence' },
  { name: 'email', type: 'email' },
];

/** What hangs is told of. */
const WAITS_MS = 120_000;

let server: TestServer;
let target: PostgresServer;
let other: MariaDbServer;
let reader = '';
let template: string | undefined;

/** Pages that speak of a server, or of a database. */
const PAGES: Readonly<Record<string, PageRun>> = {
  chat: {
    // Somebody sees the question and leaves the stream, which goes on until it is answered.
    before: `seen() { "$@" > seen & until grep -q expires_at seen; do kill -0 $! || return; sleep 0.1; done; kill $!; cat seen; }`,
    here: { 'curl -sN "$URL/chats/$CHAT/messages"': 'seen curl -sN "$URL/chats/$CHAT/messages"' },
    without: /^(: heartbeat|id: \d+\nevent: usage\ndata: .*)\n\n/gm,
  },
  mcp: {},
  'load-into-a-database': { here: { '1000000': '1000', '100000': '1000', 'COPY customers': 'COPY customer' } },
  'push-to-a-connection': { here: { '1000000': '1000' } },
  scenarios: {
    // Each run writes the same rows.
    before:
      'psql -qc "ALTER TABLE customers DROP CONSTRAINT customers_pkey" shop; git init -q . && git config user.email me@example.com && git config user.name me; EDITOR="sed -i 1i#"',
    here: { 'export DM_URL=https://datamaker.example DM_API_KEY=dmk_…': 'true it-is-set' },
  },
  'templates-from-your-tables': {},
};

describe.runIf(process.env['FULL'] === '1')('on a server', () => {
  beforeAll(async () => {
    [target, other] = await Promise.all([startPostgres(), startMariaDb()]);
    await target.query('CREATE DATABASE shop');
    server = await startOn('external', {
      privateTargets: ['127.0.0.1'],
      runs: { scenarioWorkers: 2 },
      sandbox: new PlainSandbox(),
    });
    const { client, key } = server;
    const url = `postgres://test:${encodeURIComponent(target.password)}@127.0.0.1:${target.port}/shop`;
    const connection = (await client.post<{ id: string }>('/connections', { name: 'Shop', type: 'postgres', url })).body
      .id;
    await client.create([{ name: 'number', type: 'sequence' }], 'Numbers');
    reader = `export URL=${client.url} KEY=${key} DM_URL=${client.url} DM_API_KEY=${key} CONN=${connection}
export PGHOST=127.0.0.1 PGPORT=${target.port} PGUSER=test PGPASSWORD='${target.password}' MYSQL_PWD='${other.password}'
cat > .my.cnf <<'EOF'
[client]
host=127.0.0.1
port=${other.port}
user=test
password="${other.password}"
EOF
cat > customer.json <<'EOF'
${JSON.stringify({ name: 'customer', fields: FIELDS })}
EOF
psql -q shop <<'EOF'
DROP TABLE IF EXISTS line, purchase, customer, customers;${SHOP}
EOF
mysql shop <<'EOF'
DROP TABLE IF EXISTS line, purchase, customer, customers;${SHOP}
EOF`;
  }, WAITS_MS);
  afterAll(async () => {
    await server?.close();
    await Promise.all([target?.stop(), other?.stop()]);
  });

  it.each(Object.entries(PAGES))('%s does what it shows', { timeout: WAITS_MS }, async (name, run) => {
    // The chat of the page lists all templates.
    if (name !== 'chat') template ??= await server.client.create(FIELDS, 'Customer');
    const here = {
      'postgres://me@localhost/shop': `postgres://test@127.0.0.1:${target.port}/shop`,
      'mysql://me@localhost/shop': `mysql://test@127.0.0.1:${other.port}/shop`,
      'PGPASSWORD=…': `PGPASSWORD='${target.password}'`,
      ...run.here,
    };
    await runPage(`docs/how-to/${name}.md`, {
      ...run,
      before: `${reader}\nexport TEMPLATE=${template}\n${run.before ?? ''}`,
      here,
    });
  });
});
