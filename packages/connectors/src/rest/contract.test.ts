import { connectorContract } from '../testing/contract/contract.ts';
import type { ContractServer } from '../testing/contract/subject.ts';
import { startFaultProxy } from '../testing/fault-proxy.ts';
import { restConnector } from './connector.ts';
import { startJsonServer } from './testing/start-json-server.ts';

const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);

async function start(): Promise<ContractServer> {
  const [host, password] = ['127.0.0.1', 'pässword'];
  const server = await startJsonServer('tester', password);
  const proxy = await startFaultProxy({ host, port: server.port });
  return {
    host,
    port: proxy.port,
    password,
    input: (change = {}) => {
      const said = { host, port: proxy.port, password, ...change };
      return {
        url: `http://tester:${encodeURIComponent(said.password)}@${said.host}:${said.port}`,
        options: {
          openapi: 'openapi.json',
          retries: 0,
          paging: { kind: 'page', parameter: '_page', sizeParameter: '_limit', size: 500 },
        },
      };
    },
    createTable: async (table) => {
      server.createTable(table);
      return { schema: '', name: table.name };
    },
    fill: ({ name }, rows) => server.fill(name, rows),
    count: async ({ name }) => server.count(name),
    breakSessions: async () => proxy.cut(),
    stop: async () => {
      await proxy.stop();
      await server.stop();
    },
  };
}

connectorContract({
  connector: restConnector,
  start,
  cannot: {
    transactions: 'HTTP has none',
    copy: 'no system takes CSV in the same way',
    upsert: 'what a system does with a key that is there is its own to say',
    whole_batches: 'each row is a request',
    one_doubt: 'each row is a request, and several are on their way',
    one_connection: 'each request may go over another connection',
    version: 'HTTP has no word for it',
    databases: 'a URL names none',
    known_tables: 'a document need not tell of all paths',
    known_columns: 'JSON may have any properties',
    described_keys: 'OpenAPI has no keys',
    unique_keys: 'OpenAPI has no keys',
    composite_keys: 'a row is removed at its path, which has one key behind it',
    removal_by_any: 'a row is removed at its path, which has its key behind it',
    order: 'how to ask for one is different in each system',
    null_conditions: 'how to ask for them is different in each system',
    conditions: 'how to ask for more than equal values is different in each system',
  },
  limits: {
    patience: 'timeoutSeconds',
    takesParameters: true,
    keepsNul: true,
    // json-server reads integers as doubles; bytes are base64 in JSON.
    withoutValues: ['integer.least', 'integer.most', 'integer.beyond'],
    keptAs: {
      'binary.bytes': Buffer.from(bytes).toString('base64'),
      'binary.nul': Buffer.alloc(3).toString('base64'),
    },
    // What a path beneath a URL cannot have in it.
    refusedInNames: /[/?#%\\\p{Cc}{]/u,
    manyRows: 20_000,
    breaks: 10,
  },
});
