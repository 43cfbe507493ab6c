import type { ConnectionConfig, Connector, OpenOptions } from '../connector.ts';
import { SQL_CAPABILITIES } from '../sql/capabilities.ts';
import { SqlSession } from '../sql/sql-session.ts';
import { cancelRequest } from './cancel.ts';
import { parsePostgres, postgresConfig } from './config.ts';
import { connectPostgres } from './connect.ts';
import { PostgresConnection } from './connection.ts';
import { dialect } from './dialect.ts';

/** PostgreSQL, over `pg`. */
export const postgres: Connector = {
  type: 'postgres',
  label: 'PostgreSQL',
  capabilities: { ...SQL_CAPABILITIES, copy: true },
  parse: parsePostgres,
  targets: (kept) => [postgresConfig(kept)],
  open: async (kept: ConnectionConfig, options: OpenOptions) => {
    const config = postgresConfig(kept);
    const { client, socket } = await connectPostgres(config, options);
    const { processID: processId, secretKey } = client as unknown as { processID: number; secretKey: number };
    const cancel = (): Promise<void> => cancelRequest(config, options.dialer, { processId, secretKey });
    const connection = new PostgresConnection(client, socket, { config, readOnly: options.readOnly, cancel });
    return new SqlSession(connection, dialect, { readOnly: options.readOnly });
  },
};
