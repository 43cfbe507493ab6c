import type { ConnectionConfig, Connector, OpenOptions } from '../connector.ts';
import { SQL_CAPABILITIES } from '../sql/capabilities.ts';
import { SqlSession } from '../sql/sql-session.ts';
import { db2Config, parseDb2 } from './config.ts';
import { connectDb2 } from './connect.ts';
import { Db2Connection } from './connection.ts';
import { dialect } from './dialect.ts';
import { type Db2Driver, loadDriver } from './driver.ts';

/** Db2 for Linux, UNIX and Windows over a driver, which is given since few have it. */
export const db2Over = (driver: Db2Driver): Connector => ({
  type: 'db2',
  label: 'Db2',
  capabilities: SQL_CAPABILITIES,
  parse: parseDb2,
  targets: (kept) => [db2Config(kept)],
  open: async (kept: ConnectionConfig, options: OpenOptions) => {
    const config = db2Config(kept);
    const { client, forwarder } = await connectDb2(driver, config, options);
    const connection = new Db2Connection(client, forwarder, { config, readOnly: options.readOnly });
    return new SqlSession(connection, dialect, { readOnly: options.readOnly });
  },
});

/** Over `ibm_db`. @throws ConnectionError driver_missing */
export const loadDb2 = (): Connector => db2Over(loadDriver());
