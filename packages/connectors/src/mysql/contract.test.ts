import { describe } from 'vitest';
import type { Connector } from '../connector.ts';
import { SqlSession } from '../sql/sql-session.ts';
import { connectorContract } from '../testing/contract/contract.ts';
import { createTableStatement } from '../testing/contract/create-table-statement.ts';
import type { ContractColumn, ContractServer, ContractSubject } from '../testing/contract/subject.ts';
import { values } from '../testing/contract/values.ts';
import { workbenchOf } from '../testing/contract/workbench.ts';
import { writing } from '../testing/contract/writing.ts';
import { startMariaDb } from '../testing/start-mariadb.ts';
import { mysqlConfig } from './config.ts';
import { mysql } from './connector.ts';
import { dialect } from './dialect.ts';
import { openConnection } from './open-connection.ts';

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

const subject: ContractSubject = {
  connector: mysql,
  start,
  cannot: { copy: 'LOAD DATA LOCAL lets a server read files of the client' },
  limits: {
    // TIMESTAMP has only the years 1970 to 2038.
    withoutKinds: ['datetime_zoned'],
    keepsNul: true,
    longestName: 64,
    refusedInNames: /[\u{10000}-\u{10ffff}]| $/u,
    commit: Buffer.from('COMMIT'),
  },
};

connectorContract(subject);

/** What goes another way in MySQL, which has no RETURNING. */
const withoutReturning: Connector = {
  ...mysql,
  open: async (kept, options) =>
    new SqlSession(await openConnection(mysqlConfig(kept), options, { hasReturning: false }), dialect, options),
};

describe('in the ways of MySQL', () => {
  const bench = workbenchOf({ ...subject, connector: withoutReturning });
  values(bench);
  writing(bench);
});
