import { z } from 'zod';
import { ConnectionError } from '../connection-error.ts';
import type { ConnectionConfig, ConnectionInput, ParsedConnection } from '../connector.ts';
import { openUrl, readDatabaseUrl, readOptions, type TlsOptions, tlsOptions } from '../sql/database-url.ts';

const options = z.strictObject({
  tls: tlsOptions.optional(),
  /** The schemas whose tables are seen. */
  schemas: z.array(z.string().min(1).max(63)).min(1).max(100).optional(),
  /** After how long a silence in the middle of something the connection counts as broken. */
  idleTimeoutSeconds: z.int().min(1).max(86_400).optional(),
});

/** How to reach a PostgreSQL server. The password is not part of it: it is a secret, kept elsewhere. */
export interface PostgresConfig {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly tls: TlsOptions;
  /** One at least; a table without a schema is in the first. */
  readonly schemas: readonly string[];
  readonly idleTimeoutMs: number;
}

/** What a URL may say behind its question mark; everything else that drivers take could read files or run code. */
const RULES = { protocols: ['postgres:', 'postgresql:'], parameters: ['sslmode', 'schema'] };

/** The modes of libpq. What may do without encryption is the same as doing without: whoever is in between decides. */
const SSL_MODES: Readonly<Record<string, TlsOptions['mode']>> = {
  disable: 'disable',
  allow: 'disable',
  prefer: 'disable',
  require: 'require',
  'verify-ca': 'verify-ca',
  'verify-full': 'verify-full',
};

const IDLE_TIMEOUT_SECONDS = 300;

/**
 * Reads a connection, `postgres://user:password@host:5432/database?sslmode=require`.
 * @throws ConnectionError invalid_config, without the password in it
 */
export function parsePostgres(input: ConnectionInput): ParsedConnection {
  const { config, password } = read(input);
  const { user, tls, schemas, idleTimeoutMs } = config;
  return {
    config: {
      url: openUrl('postgres:', { ...config, path: config.database }),
      auth: { type: 'basic', username: user },
      options: { tls, schemas, idleTimeoutSeconds: idleTimeoutMs / 1000 },
    },
    secrets: password === undefined ? {} : { password },
  };
}

/** What `parsePostgres` made, in the words of the driver. @throws ConnectionError invalid_config */
export const postgresConfig = (kept: ConnectionConfig): PostgresConfig => read(kept).config;

function read(input: ConnectionInput): { config: PostgresConfig; password: string | undefined } {
  const url = readDatabaseUrl(input, RULES);
  const said = readOptions(options, input.options);
  const { host, port = 5432, path: database, user, password, parameters } = url;
  if (user === undefined) throw invalid('the connection names no user');
  if (database === '')
    throw invalid('the URL names no database: put it behind the port, as in postgres://host:5432/shop');
  for (const [what, name] of Object.entries({ user, database })) {
    // The server cuts longer ones, and would take one for another.
    if (Buffer.byteLength(name) > 63 || name.includes('\0'))
      throw invalid(`the name of the ${what} is longer than 63 bytes`);
  }
  const sslMode = parameters.get('sslmode');
  const mode = sslMode === undefined ? undefined : SSL_MODES[sslMode];
  if (sslMode !== undefined && mode === undefined) {
    throw invalid(`sslmode is one of ${Object.keys(SSL_MODES).join(', ')}`);
  }
  if (mode !== undefined && said.tls !== undefined)
    throw invalid('sslmode of the URL and options.tls say the same: leave out one');
  return {
    config: {
      host,
      port,
      database,
      user,
      tls: said.tls ?? { mode: mode ?? 'disable' },
      schemas: said.schemas ?? parameters.get('schema')?.split(',') ?? ['public'],
      idleTimeoutMs: (said.idleTimeoutSeconds ?? IDLE_TIMEOUT_SECONDS) * 1000,
    },
    password,
  };
}

const invalid = (message: string): ConnectionError => new ConnectionError('invalid_config', message);
