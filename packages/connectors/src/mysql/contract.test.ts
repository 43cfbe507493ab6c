import { connectorContract } from '../testing/contract/contract.ts';
import { createTableStatement } from '../testing/contract/create-table-statement.ts';
import type { ContractColumn, ContractServer } from '../testing/contract/subject.ts';
import { startMariaDb } from '../testing/start-mariadb.ts';
import { mysql } from './connector.ts';

const TYPES: Readonly<Partial<Record<ContractColumn['kind'], string>>> = {
  float: 'double',
  boolean: 'boolean',
  date: 'date',
  uuid: 'uuid',
  json: 'json',
};

function typeOf({ kind, maxLength, precision, scale, generated }: ContractColumn): string {
  if (kind === 'integer') return `${precision === 32 ? 'int' : 'bigint'}${generated === true ? ' AUTO_INCREMENT' : ''}`;
  if (kind === 'decimal') return `decimal(${precision}, ${scale})`;
  if (kind === 'text') return maxLength === undefined ? 'longtext' : `varchar(${maxLength})`;
  if (kind === 'binary') return `varbinary(${maxLength})`;
  if (kind === 'time' || kind === 'datetime') return `${kind}(${scale ?? 0})`;
  return TYPES[kind] ?? kind;
}

const quote = (name: string): string => `\`${name.replaceAll('`', '``')}\``;

async function start(): Promise<ContractServer> {
  const server = await startMariaDb();
  const { host, port, user, password, database } = server;
  return {
    host,
    port,
    password,
    input: (change = {}) => {
      const said = { host, port, password, database, ...change };
      const secret = encodeURIComponent(said.password);
      return { url: `mysql://${user}:${secret}@${said.host}:${said.port}/${said.database}` };
    },
    createTable: async (table) => {
      await server.query(createTableStatement(table, { quote, typeOf, schema: `${database}.` }));
      return { schema: database, name: table.name };
    },
    count: async ({ name }) => {
      const [row] = await server.query<{ n: number }>(`SELECT count(*) AS n FROM ${quote(name)}`);
      return Number(row?.n ?? 0);
    },
    breakSessions: async () => {
      const sessions = await server.query<{ id: number }>(
        `SELECT id FROM information_schema.PROCESSLIST WHERE user = '${user}'`,
      );
      for (const { id } of sessions) await server.query(`KILL ${id}`);
    },
    stop: server.stop,
  };
}

connectorContract({
  connector: mysql,
  start,
  limits: {
    // TIMESTAMP has only the years 1970 to 2038.
    withoutKinds: ['datetime_zoned'],
    keepsNul: true,
    longestName: 64,
    refusedInNames: /[\u{10000}-\u{10ffff}]| $/u,
    commit: Buffer.from('COMMIT'),
  },
});
