import { z } from 'zod';
import type { ConnectionConfig, ConnectionInput, ParsedConnection } from '../connector.ts';
import { type DatabaseConfig, databaseOptions, keptDatabase, readDatabase } from '../sql/database-config.ts';
import { invalidConfig } from '../sql/invalid-config.ts';
import { type TlsModes, tlsOfParameter } from '../sql/tls-parameter.ts';

/** How to reach a PostgreSQL server. */
export interface PostgresConfig extends DatabaseConfig {
  readonly database: string;
}

/** What a URL may say behind its question mark; everything else that drivers take could read files or run code. */
const RULES = {
  protocols: ['postgres:', 'postgresql:'],
  parameters: ['sslmode', 'schema'],
  options: z.strictObject(databaseOptions(63)),
  port: 5432,
};

/** The modes of libpq. What may do without encryption is the same as doing without: whoever is in between decides. */
const SSL_MODES: TlsModes = {
  disable: 'disable',
  allow: 'disable',
  prefer: 'disable',
  require: 'require',
  'verify-ca': 'verify-ca',
  'verify-full': 'verify-full',
};

/**
 * Reads a connection, `postgres://user:password@host:5432/database?sslmode=require`.
 * @throws ConnectionError invalid_config, without the password in it
 */
export function parsePostgres(input: ConnectionInput): ParsedConnection {
  const said = read(input);
  return keptDatabase('postgres:', said.config.database, said);
}

/** What `parsePostgres` made, in the words of the driver. @throws ConnectionError invalid_config */
export const postgresConfig = (kept: ConnectionConfig): PostgresConfig => read(kept).config;

function read(input: ConnectionInput): { config: PostgresConfig; password: string | undefined } {
  const { path: database, user, password, parameters, options, shared } = readDatabase(input, RULES);
  if (database === '')
    throw invalidConfig('the URL names no database: put it behind the port, as in postgres://host:5432/shop');
  for (const [what, name] of Object.entries({ user, database })) {
    // The server cuts longer ones, and would take one for another.
    if (Buffer.byteLength(name) > 63 || name.includes('\0'))
      throw invalidConfig(`the name of the ${what} is longer than 63 bytes`);
  }
  const tls = tlsOfParameter('sslmode', parameters.get('sslmode'), SSL_MODES, options.tls);
  return { config: { ...shared(tls, ['public']), database }, password };
}
