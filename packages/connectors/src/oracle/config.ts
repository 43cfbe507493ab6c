import { z } from 'zod';
import type { ConnectionConfig, ConnectionInput, ParsedConnection } from '../connector.ts';
import { type DatabaseConfig, databaseOptions, keptDatabase, readDatabase } from '../sql/database-config.ts';
import { invalidConfig } from '../sql/invalid-config.ts';
import { TLS_MODES, tlsOfParameter } from '../sql/tls-parameter.ts';

/** How to reach an Oracle Database. */
export interface OracleConfig extends DatabaseConfig {
  readonly service: string;
  readonly isSid: boolean;
}

const RULES = {
  protocols: ['oracle:', 'oracledb:'],
  parameters: ['schema', 'tls'],
  options: z.strictObject({
    ...databaseOptions(128),
    /** Whether what stands behind the port is a SID instead of a service. */
    isSid: z.boolean().optional(),
  }),
  port: 1521,
};

/**
 * Reads a connection, `oracle://user:password@host:1521/service?tls=verify-full`.
 * @throws ConnectionError invalid_config, without the password in it
 */
export function parseOracle(input: ConnectionInput): ParsedConnection {
  const said = read(input);
  const { service, isSid } = said.config;
  return keptDatabase('oracle:', service, said, { isSid });
}

/** What `parseOracle` made, in the words of the driver. @throws ConnectionError invalid_config */
export const oracleConfig = (kept: ConnectionConfig): OracleConfig => read(kept).config;

function read(input: ConnectionInput): { config: OracleConfig; password: string | undefined } {
  const { path: service, user, password, parameters, options, shared } = readDatabase(input, RULES);
  // It stands in a descriptor of brackets, where others could say what the driver reads and where it goes.
  if (!/^[\p{L}\p{N}._$#-]{1,255}$/u.test(service)) {
    throw invalidConfig('the URL names no service: put it behind the port, as in oracle://host:1521/shop');
  }
  // A proxy user stands in square brackets, and a name in quotes keeps its capitals.
  if (!/^(?:"[^"\0]{1,128}"|[\p{L}\p{N}_$#]{1,128})$/u.test(user)) {
    throw invalidConfig('the user is a name, or a name in double quotes where it does not have capitals only');
  }
  const tls = tlsOfParameter('tls', parameters.get('tls'), TLS_MODES, options.tls);
  const own = user.startsWith('"') ? user.slice(1, -1) : user.toUpperCase();
  return { config: { ...shared(tls, [own]), service, isSid: options.isSid ?? false }, password };
}
