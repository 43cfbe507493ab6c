import { expect, it } from 'vitest';
import type { ConnectionInput, ConnectionType } from './connector.ts';
import { loadConnector } from './connectors.ts';
import { entryOf } from './dial/host-list.ts';

const basic = { type: 'basic', username: 'u', password: 'p' };
const client = { client_id: 'me', client_secret: 's' };

const CASES: readonly (readonly [ConnectionType, ConnectionInput, readonly string[]])[] = [
  ['postgres', { url: 'postgres://u:p@DB.Example.org./shop' }, ['db.example.org:5432']],
  ['postgres', { url: 'postgres://u:p@[0:0::1]:6000/shop' }, ['[::1]:6000']],
  ['postgres', { url: 'postgres://u:p@b%C3%BCcher.example/shop' }, ['xn--bcher-kva.example:5432']],
  ['mysql', { url: 'mysql://u:p@db.example.org/shop' }, ['db.example.org:3306']],
  ['mssql', { url: 'mssql://u:p@db.example.org/shop' }, ['db.example.org:1433']],
  ['oracle', { url: 'oracle://u:p@db.example.org/shop' }, ['db.example.org:1521']],
  ['mongodb', { url: 'mongodb://u:p@a.org,B.org:1,[::1]:2/shop' }, ['a.org:27017', 'b.org:1', '[::1]:2']],
  ['mongodb', { url: 'mongodb+srv://u:p@Cluster.example.org/shop' }, ['cluster.example.org']],
  ['rest', { url: 'https://u:p@API.example.org/x' }, ['api.example.org:443']],
  ['rest', { url: 'http://api.example.org', auth: basic }, ['api.example.org:80']],
  ['rest', { url: 'https://api.example.org:443', auth: basic }, ['api.example.org:443']],
  [
    'rest',
    {
      url: 'https://api.example.org',
      auth: { type: 'oauth2_client_credentials', token_url: 'https://login.example.org:8443/t', ...client },
    },
    ['api.example.org:443', 'login.example.org:8443'],
  ],
  ['sap_odata', { url: 'https://sap.example.org/sap/opu/x', auth: basic }, ['sap.example.org:443']],
  [
    'sap_odata',
    {
      url: '/sap/opu/x',
      auth: {
        type: 'destination',
        name: 'S4',
        service_url: 'https://destinations.example.org',
        token_url: 'https://login.example.org/t',
        ...client,
      },
    },
    ['login.example.org:443', 'destinations.example.org:443'],
  ],
];

it.each(CASES)('the secrets of a connection to %s go where it says: %j', async (type, input, expected) => {
  const connector = await loadConnector(type);
  const { config } = connector.parse(input);
  expect(connector.targets(config).map(entryOf)).toEqual(expected);
});

it.each([
  ['postgres', 'postgres://u:p@good.example,evil.example/shop'],
  ['postgres', 'postgres://u:p@good.example/shop?host=evil.example'],
  ['mysql', 'mysql://u:p@good.example,evil.example/shop'],
  ['mongodb', 'mongodb+srv://u:p@good.example,evil.example/shop'],
  ['mongodb', 'mongodb://u:p@good.example/shop?proxyHost=evil.example'],
] as const)('a list of hosts is read whole or not at all: %s %s', async (type, url) => {
  const connector = await loadConnector(type);
  const named = (): unknown => connector.targets(connector.parse({ url }).config).map(entryOf);
  let found: unknown;
  try {
    found = named();
  } catch (error) {
    expect(error).toMatchObject({ problem: 'invalid_config' });
    return;
  }
  // One name with a comma in it, which no list has and the dialer does not take.
  expect(found).toEqual([undefined]);
});
