import type { ConnectionConfig, Connector, OpenOptions } from '../connector.ts';
import { SQL_CAPABILITIES } from '../sql/capabilities.ts';
import { SqlSession } from '../sql/sql-session.ts';
import { oracleConfig, parseOracle } from './config.ts';
import { connectOracle } from './connect.ts';
import { OracleConnection } from './connection.ts';
import { dialect } from './dialect.ts';

/** Oracle Database, over `oracledb` in its thin mode, which needs no client of Oracle. */
export const oracle: Connector = {
  type: 'oracle',
  label: 'Oracle Database',
  capabilities: SQL_CAPABILITIES,
  parse: parseOracle,
  targets: (kept) => [oracleConfig(kept)],
  open: async (kept: ConnectionConfig, options: OpenOptions) => {
    const config = oracleConfig(kept);
    const { client, socket } = await connectOracle(config, options);
    const connection = new OracleConnection(client, socket, { config, readOnly: options.readOnly });
    return new SqlSession(connection, dialect, { readOnly: options.readOnly });
  },
};
