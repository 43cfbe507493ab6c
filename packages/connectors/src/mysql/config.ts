import { z } from 'zod';
import { ConnectionError } from '../connection-error.ts';
import type { ConnectionConfig, ConnectionInput, ParsedConnection } from '../connector.ts';
import { openUrl, readDatabaseUrl, readOptions, type TlsOptions, tlsOptions } from '../sql/database-url.ts';

const options = z.strictObject({
  tls: tlsOptions.optional(),
  /** The databases whose tables are seen. */
  schemas: z.array(z.string().min(1).max(64)).min(1).max(100).optional(),
  /** After how long a silence in the middle of something the connection counts as broken. */
  idleTimeoutSeconds: z.int().min(1).max(86_400).optional(),
});

/** How to reach a server of MySQL or MariaDB. The password is not part of it: it is a secret, kept elsewhere. */
export interface MysqlConfig {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly tls: TlsOptions;
  /** Databases, one at least; a table without a schema is in the first. */
  readonly schemas: readonly string[];
  readonly idleTimeoutMs: number;
}

/** What a URL may say behind its question mark; everything else that drivers take could read files, send passwords or run code. */
const RULES = { protocols: ['mysql:', 'mariadb:'], parameters: ['ssl-mode', 'schema'] };

/** The modes of MySQL's own programs. What may do without encryption is the same as doing without: whoever is in between decides. */
const SSL_MODES: Readonly<Record<string, TlsOptions['mode']>> = {
  DISABLED: 'disable',
  PREFERRED: 'disable',
  REQUIRED: 'require',
  VERIFY_CA: 'verify-ca',
  VERIFY_IDENTITY: 'verify-full',
};

const IDLE_TIMEOUT_SECONDS = 300;

/**
 * Reads a connection, `mysql://user:password@host:3306/database?ssl-mode=REQUIRED`.
 * @throws ConnectionError invalid_config, without the password in it
 */
export function parseMysql(input: ConnectionInput): ParsedConnection {
  const { config, password } = read(input);
  const { user, tls, schemas, idleTimeoutMs } = config;
  return {
    config: {
      url: openUrl('mysql:', { ...config, path: config.database }),
      auth: { type: 'basic', username: user },
      options: { tls, schemas, idleTimeoutSeconds: idleTimeoutMs / 1000 },
    },
    secrets: password === undefined ? {} : { password },
  };
}

/** What `parseMysql` made, in the words of the driver. @throws ConnectionError invalid_config */
export const mysqlConfig = (kept: ConnectionConfig): MysqlConfig => read(kept).config;

function read(input: ConnectionInput): { config: MysqlConfig; password: string | undefined } {
  const url = readDatabaseUrl(input, RULES);
  const said = readOptions(options, input.options);
  const { host, port = 3306, path: database, user, password, parameters } = url;
  if (user === undefined) throw invalid('the connection names no user');
  if (database === '') {
    throw invalid('the URL names no database: put it behind the port, as in mysql://host:3306/shop');
  }
  // In the protocol both end at the first NUL.
  if (`${user}${database}`.includes('\0')) throw invalid('the name of a user or a database has no character NUL');
  if (database.length > 64) throw invalid('the name of the database is longer than 64 characters');
  const sslMode = parameters.get('ssl-mode');
  const mode = sslMode === undefined ? undefined : SSL_MODES[sslMode.toUpperCase()];
  if (sslMode !== undefined && mode === undefined) {
    throw invalid(`ssl-mode is one of ${Object.keys(SSL_MODES).join(', ')}`);
  }
  if (mode !== undefined && said.tls !== undefined) {
    throw invalid('ssl-mode of the URL and options.tls say the same: leave out one');
  }
  return {
    config: {
      host,
      port,
      database,
      user,
      tls: said.tls ?? { mode: mode ?? 'disable' },
      schemas: said.schemas ?? parameters.get('schema')?.split(',') ?? [database],
      idleTimeoutMs: (said.idleTimeoutSeconds ?? IDLE_TIMEOUT_SECONDS) * 1000,
    },
    password,
  };
}

const invalid = (message: string): ConnectionError => new ConnectionError('invalid_config', message);
