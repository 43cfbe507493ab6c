import { ConnectionError } from './connection-error.ts';
import type { ConnectionType, Connector } from './connector.ts';

type Load = () => Promise<Connector>;

/** Where each system is; its driver is loaded when it is first asked for. */
const CONNECTORS: Partial<Record<ConnectionType, Load>> = {
  mongodb: async () => (await import('./mongodb/connector.ts')).mongodb,
  postgres: async () => (await import('./postgres/connector.ts')).postgres,
  mysql: async () => (await import('./mysql/connector.ts')).mysql,
  mssql: async () => (await import('./mssql/connector.ts')).mssql,
  oracle: async () => (await import('./oracle/connector.ts')).oracle,
  db2: async () => (await import('./db2/connector.ts')).loadDb2(),
  rest: async () => (await import('./rest/connector.ts')).restConnector,
  sap_odata: async () => (await import('./sap-odata/connector.ts')).sapODataConnector,
};

/** What npm calls the drivers that a connector may ask for. */
const DRIVERS: Partial<Record<ConnectionType, string>> = {
  postgres: 'pg pg-cursor pg-copy-streams',
  mysql: 'mysql2',
  mssql: 'tedious',
  oracle: 'oracledb@26.0.0',
  db2: 'ibm_db@4.0.1',
  mongodb: 'mongodb',
};

/**
 * The connector of a type of connection.
 * @throws ConnectionError driver_missing, with the command that installs it; invalid_config
 */
export async function loadConnector(type: ConnectionType): Promise<Connector> {
  const load = Object.hasOwn(CONNECTORS, type) ? CONNECTORS[type] : undefined;
  if (load === undefined) throw new ConnectionError('invalid_config', `there is no type of connection ${type}`);
  try {
    return await load();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw error;
    const driver = DRIVERS[type];
    if (driver === undefined) throw error;
    throw new ConnectionError('driver_missing', `the driver for connections of type ${type} is not installed`, {
      hint: `npm install ${driver}`,
      cause: error,
    });
  }
}
