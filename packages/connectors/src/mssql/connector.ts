import type { ConnectionConfig, Connector, OpenOptions } from '../connector.ts';
import { SQL_CAPABILITIES } from '../sql/capabilities.ts';
import { SqlSession } from '../sql/sql-session.ts';
import { mssqlConfig, parseMssql } from './config.ts';
import { connectMssql } from './connect.ts';
import { MssqlConnection } from './connection.ts';
import { dialect } from './dialect.ts';

/** Microsoft SQL Server and Azure SQL, over `tedious`. */
export const mssql: Connector = {
  type: 'mssql',
  label: 'SQL Server',
  capabilities: SQL_CAPABILITIES,
  parse: parseMssql,
  targets: (kept) => [mssqlConfig(kept)],
  open: async (kept: ConnectionConfig, options: OpenOptions) => {
    const config = mssqlConfig(kept);
    const { client, socket } = await connectMssql(config, options);
    const connection = new MssqlConnection(client, socket, { config, readOnly: options.readOnly });
    return new SqlSession(connection, dialect, { readOnly: options.readOnly });
  },
};
