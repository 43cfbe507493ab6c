import type { ConnectionConfig, Connector, OpenOptions } from '../connector.ts';
import { SqlSession } from '../sql/sql-session.ts';
import { mysqlConfig, parseMysql } from './config.ts';
import { dialect } from './dialect.ts';
import { openConnection } from './open-connection.ts';

/** MySQL and MariaDB, over `mysql2`. */
export const mysql: Connector = {
  type: 'mysql',
  label: 'MySQL',
  capabilities: {
    transactions: true,
    copy: false,
    execute: true,
    upsert: true,
    deepInsert: false,
    foreignKeys: true,
    rowOutcomes: false,
  },
  parse: parseMysql,
  open: async (kept: ConnectionConfig, options: OpenOptions) =>
    new SqlSession(await openConnection(mysqlConfig(kept), options), dialect, { readOnly: options.readOnly }),
};
