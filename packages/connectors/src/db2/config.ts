import { z } from 'zod';
import type { ConnectionConfig, ConnectionInput, ParsedConnection } from '../connector.ts';
import { type DatabaseConfig, databaseOptions, keptDatabase, readDatabase } from '../sql/database-config.ts';
import { invalidConfig } from '../sql/invalid-config.ts';
import { TLS_MODES, tlsOfParameter } from '../sql/tls-parameter.ts';

/** How to reach a Db2. */
export interface Db2Config extends DatabaseConfig {
  readonly database: string;
  readonly authentication: 'server' | 'server_encrypt' | undefined;
}

const RULES = {
  protocols: ['db2:'],
  parameters: ['schema', 'tls'],
  options: z.strictObject({
    ...databaseOptions(128),
    /** How the password goes to the server; the driver asks the server unless said. */
    authentication: z.enum(['server', 'server_encrypt']).optional(),
  }),
  port: 50_000,
};

/**
 * Reads a connection, `db2://user:password@host:50000/database?tls=verify-full`.
 * @throws ConnectionError invalid_config, without the password in it
 */
export function parseDb2(input: ConnectionInput): ParsedConnection {
  const said = read(input);
  const { database, authentication } = said.config;
  return keptDatabase('db2:', database, said, { authentication });
}

/** What `parseDb2` made, in the words of the driver. @throws ConnectionError invalid_config */
export const db2Config = (kept: ConnectionConfig): Db2Config => read(kept).config;

function read(input: ConnectionInput): { config: Db2Config; password: string | undefined } {
  const { path: database, user, password, parameters, options, shared } = readDatabase(input, RULES);
  if (!/^[\p{L}\p{N}_@#$-]{1,128}$/u.test(database)) {
    throw invalidConfig('the URL names no database: put it behind the port, as in db2://host:50000/shop');
  }
  if (!isValue(user)) throw invalidConfig('the user has a semicolon, or a blank in front or behind');
  if (password !== undefined) refuseOrders(password);
  const tls = tlsOfParameter('tls', parameters.get('tls'), TLS_MODES, options.tls);
  const { authentication } = options;
  return { config: { ...shared(tls, [user.toUpperCase()]), database, authentication }, password };
}

/**
 * The driver reads a list with semicolons, in which nothing can be quoted: what stands behind one would be an order to it.
 * @throws ConnectionError invalid_config
 */
export function refuseOrders(password: string): void {
  if (isValue(password)) return;
  throw invalidConfig('the driver of Db2 takes no password with a semicolon, or with a blank in front or behind');
}

const isValue = (text: string): boolean => !/[;\0\r\n]/.test(text) && text.trim() === text && text !== '';
