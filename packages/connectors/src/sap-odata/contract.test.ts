import { describe } from 'vitest';
import { connectorContract } from '../testing/contract/contract.ts';
import type { ContractServer, ContractTable } from '../testing/contract/subject.ts';
import { startFaultProxy } from '../testing/fault-proxy.ts';
import { sapODataConnector } from './connector.ts';
import type { Version } from './edm-value.ts';
import { startODataService } from './testing/start-odata-service.ts';
import { tablesMetadata } from './testing/tables-metadata.ts';

const OF_OLINGO_2 = {
  empty_rows: 'Olingo 2 takes {} for a body that is malformed',
  null_conditions: 'the lists of Olingo 2 compare null with nothing',
};

/** Apache Olingo, with entity sets for the tables of the contract. */
async function start(version: Version): Promise<ContractServer> {
  const service = await startODataService();
  const { hostname: host, port } = new URL(service.url);
  const proxy = await startFaultProxy({ host, port: Number(port) });
  const tables: ContractTable[] = [{ name: 'first', columns: [{ name: 'id', kind: 'integer' }], primaryKey: ['id'] }];
  await service.sayTables(version, tablesMetadata(tables, version));
  return {
    host,
    port: proxy.port,
    password: service.password,
    input: (change = {}) => {
      const said = { host, port: proxy.port, password: service.password, ...change };
      return {
        url: `http://${service.username}:${encodeURIComponent(said.password)}@${said.host}:${said.port}/tables/${version}`,
        options: { retries: 0 },
      };
    },
    createTable: async (table) => {
      tables.push(table);
      await service.sayTables(version, tablesMetadata(tables, version));
      return { schema: '', name: table.name };
    },
    count: ({ name }) => service.countOf(version, name),
    breakSessions: async () => proxy.cut(),
    stop: async () => {
      await proxy.stop();
      await service.stop();
    },
  };
}

describe.each(['v2', 'v4'] as const)('Apache Olingo %s', (version) => {
  connectorContract({
    connector: sapODataConnector,
    start: () => start(version),
    cannot: {
      transactions: 'OData keeps together what is in one change set, and no more',
      copy: 'OData takes no CSV',
      whole_batches: 'each row is a change set of its own, unless options.changeSet says otherwise',
      one_connection: 'each request may go over another connection',
      databases: 'a URL names none',
      unique_keys: '$metadata tells of no keys besides the primary one',
      ...(version === 'v2' ? OF_OLINGO_2 : {}),
      removal_by_any: 'an entity is removed at its path, which has its whole key',
    },
    limits: {
      patience: 'timeoutSeconds',
      takesParameters: true,
      keepsNul: true,
      withoutKinds: version === 'v2' ? ['json'] : ['json', 'datetime'],
      // Names are identifiers (CSDL 4.01, 15.2): a letter or _, then letters, digits and _.
      refusedInNames: /[^\p{L}\p{Nd}_]/u,
      longestName: 100,
      commit: Buffer.from(`POST /tables/${version}/$batch`),
      manyRows: 10_000,
      breaks: 10,
    },
  });
});
