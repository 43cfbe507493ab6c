import { z } from 'zod';
import type { ConnectionConfig, ConnectionInput, ParsedConnection } from '../connector.ts';
import { type DatabaseConfig, databaseOptions, keptDatabase, readDatabase } from '../sql/database-config.ts';
import type { TlsOptions } from '../sql/database-url.ts';
import { invalidConfig } from '../sql/invalid-config.ts';

/** How to reach a SQL Server. */
export interface MssqlConfig extends DatabaseConfig {
  readonly database: string;
  readonly strict: boolean;
  readonly certificateHost: string | undefined;
}

/** What a URL may say behind its question mark, in the words of Microsoft's drivers. */
const RULES = {
  protocols: ['mssql:', 'sqlserver:'],
  parameters: ['database', 'encrypt', 'trustServerCertificate', 'schema'],
  options: z.strictObject({
    ...databaseOptions(128),
    /** Whether encryption comes before everything else (TDS 8), which SQL Server 2022 and Azure can. */
    strict: z.boolean().optional(),
    /** The name that the certificate has, where it is not that of the host. */
    certificateHost: z.string().min(1).max(253).optional(),
  }),
  port: 1433,
};

/**
 * Reads a connection, `mssql://user:password@host:1433/database?encrypt=true&trustServerCertificate=true`.
 * @throws ConnectionError invalid_config, without the password in it
 */
export function parseMssql(input: ConnectionInput): ParsedConnection {
  const said = read(input);
  const { database, strict, certificateHost } = said.config;
  return keptDatabase('mssql:', database, said, { strict, certificateHost });
}

/** What `parseMssql` made, in the words of the driver. @throws ConnectionError invalid_config */
export const mssqlConfig = (kept: ConnectionConfig): MssqlConfig => read(kept).config;

function read(input: ConnectionInput): { config: MssqlConfig; password: string | undefined } {
  const { path, user, password, parameters, options, shared } = readDatabase(input, RULES);
  const inParameters = parameters.get('database');
  if (path !== '' && inParameters !== undefined) {
    throw invalidConfig(
      'what stands behind the port is the database, which is named twice; an instance is reached by its port',
    );
  }
  const database = path || inParameters || '';
  if (database === '') {
    throw invalidConfig('the URL names no database: put it behind the port, as in mssql://host:1433/shop');
  }
  for (const [what, name] of Object.entries({ user, database })) {
    if (name.length > 128 || name.includes('\0'))
      throw invalidConfig(`the name of the ${what} has more than 128 characters`);
  }
  const tls = tlsOf(parameters, options.tls);
  const strict = options.strict ?? parameters.get('encrypt') === 'strict';
  if (strict && tls.mode !== 'verify-full') {
    throw invalidConfig('strict encryption checks the certificate and its name: tls.mode is verify-full, or left out');
  }
  const { certificateHost } = options;
  return { config: { ...shared(tls, ['dbo']), database, strict, certificateHost }, password };
}

/** Encrypted and checked unless said, as in Microsoft's own drivers: without it the password goes over the network all but readable. */
function tlsOf(parameters: ReadonlyMap<string, string>, said: TlsOptions | undefined): TlsOptions {
  if (said?.mode === 'verify-ca') {
    throw invalidConfig(
      'tls.mode verify-ca is not for SQL Server: take verify-full, and name the host of the certificate in certificateHost',
    );
  }
  const encrypt = parameters.get('encrypt');
  const trust = parameters.get('trustServerCertificate');
  if (encrypt === undefined && trust === undefined) return said ?? { mode: 'verify-full' };
  if (said !== undefined) throw invalidConfig('encrypt of the URL and options.tls say the same: leave out one');
  if (encrypt !== undefined && !['true', 'false', 'strict'].includes(encrypt)) {
    throw invalidConfig('encrypt is one of true, false, strict');
  }
  if (trust !== undefined && !['true', 'false'].includes(trust)) {
    throw invalidConfig('trustServerCertificate is one of true, false');
  }
  if (encrypt === 'false') return { mode: 'disable' };
  return { mode: trust === 'true' ? 'require' : 'verify-full' };
}
