import { z } from 'zod';
import type { ConnectionConfig, ConnectionInput, ParsedConnection } from '../connector.ts';
import { type DatabaseConfig, databaseOptions, keptDatabase, readDatabase } from '../sql/database-config.ts';
import { invalidConfig } from '../sql/invalid-config.ts';
import { type TlsModes, tlsOfParameter } from '../sql/tls-parameter.ts';

/** How to reach a server of MySQL or MariaDB; its schemas are databases. */
export interface MysqlConfig extends DatabaseConfig {
  readonly database: string;
}

/** What a URL may say behind its question mark; everything else that drivers take could read files, send passwords or run code. */
const RULES = {
  protocols: ['mysql:', 'mariadb:'],
  parameters: ['ssl-mode', 'schema'],
  options: z.strictObject(databaseOptions(64)),
  port: 3306,
};

/** The modes of MySQL's own programs. What may do without encryption is the same as doing without: whoever is in between decides. */
const SSL_MODES: TlsModes = {
  DISABLED: 'disable',
  PREFERRED: 'disable',
  REQUIRED: 'require',
  VERIFY_CA: 'verify-ca',
  VERIFY_IDENTITY: 'verify-full',
};

/**
 * Reads a connection, `mysql://user:password@host:3306/database?ssl-mode=REQUIRED`.
 * @throws ConnectionError invalid_config, without the password in it
 */
export function parseMysql(input: ConnectionInput): ParsedConnection {
  const said = read(input);
  return keptDatabase('mysql:', said.config.database, said);
}

/** What `parseMysql` made, in the words of the driver. @throws ConnectionError invalid_config */
export const mysqlConfig = (kept: ConnectionConfig): MysqlConfig => read(kept).config;

function read(input: ConnectionInput): { config: MysqlConfig; password: string | undefined } {
  const { path: database, user, password, parameters, options, shared } = readDatabase(input, RULES);
  if (database === '') {
    throw invalidConfig('the URL names no database: put it behind the port, as in mysql://host:3306/shop');
  }
  // In the protocol both end at the first NUL.
  if (`${user}${database}`.includes('\0')) throw invalidConfig('the name of a user or a database has no character NUL');
  if (database.length > 64) throw invalidConfig('the name of the database is longer than 64 characters');
  const tls = tlsOfParameter('ssl-mode', parameters.get('ssl-mode')?.toUpperCase(), SSL_MODES, options.tls);
  return { config: { ...shared(tls, [database]), database }, password };
}
