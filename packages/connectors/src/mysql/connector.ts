import type { ConnectionConfig, Connector, OpenOptions } from '../connector.ts';
import { SQL_CAPABILITIES } from '../sql/capabilities.ts';
import { SqlSession } from '../sql/sql-session.ts';
import { mysqlConfig, parseMysql } from './config.ts';
import { dialect } from './dialect.ts';
import { openConnection } from './open-connection.ts';

/** MySQL and MariaDB, over `mysql2`. */
export const mysql: Connector = {
  type: 'mysql',
  label: 'MySQL',
  capabilities: SQL_CAPABILITIES,
  parse: parseMysql,
  targets: (kept) => [mysqlConfig(kept)],
  open: async (kept: ConnectionConfig, options: OpenOptions) =>
    new SqlSession(await openConnection(mysqlConfig(kept), options), dialect, { readOnly: options.readOnly }),
};
