import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { entryOf, loadConnector } from '@datamaker/connectors';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { notMeant } from '../../services/secrets/refuse-host.ts';
import { type ExternalPostgres, startExternalPostgres } from '../../testing/external-postgres.ts';
import { openStore } from '../open-store.ts';

const BEFORE = fileURLToPath(new URL('./released/0030-generation-jobs.sql', import.meta.url));
const client = { client_id: 'me', client_secret: 'x' };
const basic = { type: 'basic', username: 'u', password: 'x' };

/** Connections that name a secret, and hosts that it is meant for then. */
const CONNECTIONS = [
  ['postgres', { url: 'postgres://DB.Example.org./shop', auth: basic }, ['db.example.org:5432']],
  ['postgres', { url: 'postgres://[0:0::1]:6000/shop', auth: basic }, ['[::1]:6000']],
  ['postgres', { url: 'postgres://[::ffff:10.0.0.1]:5432/shop', auth: basic }, ['10.0.0.1:5432']],
  ['postgres', { url: 'postgres://[::FFFF:c0a8:102]/shop', auth: basic }, ['192.168.1.2:5432']],
  ['mongodb', { url: 'mongodb://[0:0:0:0:0:ffff:10.0.0.2],b.org:1/shop', auth: basic }, ['10.0.0.2:27017', 'b.org:1']],
  ['mongodb', { url: 'mongodb://A.org,b.org:1/shop', auth: basic }, ['a.org:27017', 'b.org:1']],
  ['mongodb', { url: 'mongodb+srv://cluster.example.org/shop', auth: basic }, ['cluster.example.org']],
  ['rest', { url: 'https://bücher.example/x', auth: { type: 'bearer', token: 'x' } }, ['xn--bcher-kva.example:443']],
  [
    'rest',
    {
      url: 'http://api.example.org:8080',
      auth: { type: 'oauth2_client_credentials', token_url: 'https://Login.example.org/t', ...client },
    },
    ['api.example.org:8080', 'login.example.org:443'],
  ],
  [
    'sap_odata',
    {
      url: '/sap/opu/x',
      auth: { type: 'destination', name: 'S4', service_url: 'https://d.org', token_url: 'http://t.org', ...client },
    },
    ['t.org:80', 'd.org:443'],
  ],
] as const;

let postgres: ExternalPostgres;
beforeAll(async () => {
  postgres = await startExternalPostgres();
});
afterAll(() => postgres?.stop());

it('secrets that connections name are meant for where those lead, also for who is no superuser', async () => {
  const url = await postgres.createDatabase('ordinary');
  const way = new pg.Client({ connectionString: url.replace('ordinary@', 'test@') });
  await way.connect();
  const owned = new pg.Client({ connectionString: url });
  await owned.connect();
  await owned.query(readFileSync(BEFORE, 'utf8')).finally(() => owned.end());
  await way.query('SET search_path = public');
  const parsed = await Promise.all(
    CONNECTIONS.map(async ([type, input]) => {
      const connector = await loadConnector(type);
      return { connector, config: connector.parse(input).config };
    }),
  );
  const insert = `INSERT INTO connection (id, workspace_id, project_id, name, type, config, secret_ref, created_by, updated_by)
                  VALUES ($1, $2, $3, $1, $4, $5, $6, 'usr', 'usr')`;
  for (const [at, { connector, config }] of parsed.entries()) {
    await way.query(`
      INSERT INTO secret (id, workspace_id, project_id, kind, name, version, data_key_id, sealed, created_by, updated_by)
      SELECT 'sec_${at}', workspace_id, project_id, kind, 'S_${at}', version, data_key_id, sealed, created_by, updated_by
        FROM secret WHERE id = 'sec_token'`);
    await way.query(insert, [`conn_${at}`, 'ws_one', 'proj_one', connector.type, config, `sec_${at}`]);
  }
  const [first] = parsed;
  // One of another project, and one of another workspace: neither could ever use it.
  await way.query(insert, ['conn_astray', 'ws_two', 'proj_two', 'postgres', first?.config, 'sec_0']);
  await way.query(
    `UPDATE connection SET config = '{"url":"http://astray.org","auth":{},"options":{}}' WHERE id = 'conn_astray'`,
  );
  await (await openStore({ url }, () => undefined)).destroy();
  const { rows } = await way.query<{ id: string; hosts: string[] }>('SELECT id, hosts FROM secret ORDER BY id');
  await way.end();
  const hosts = Object.fromEntries(rows.map((row) => [row.id, row.hosts]));
  const expected = CONNECTIONS.map(([, , list], at) => [`sec_${at}`, list] as const);
  expect(Object.fromEntries(expected.map(([id]) => [id, hosts[id]?.toSorted()]))).toEqual(
    Object.fromEntries(expected.map(([id, list]) => [id, list.toSorted()])),
  );
  expect([hosts['sec_of_all'], hosts['sec_token']]).toEqual([[], ['api.example.org:443']]);
  // What is written by the migration is read by the rule.
  for (const [at, { connector, config }] of parsed.entries()) {
    const targets = connector.targets(config);
    expect(notMeant(hosts[`sec_${at}`] ?? [], targets)).toEqual([]);
    expect(hosts[`sec_${at}`]?.toSorted()).toEqual(targets.map(entryOf).toSorted());
  }
});
