import { z } from 'zod';
import { ConnectionError } from '../connection-error.ts';
import type { ConnectionConfig, ConnectionInput, ParsedConnection } from '../connector.ts';
import { openUrl, readDatabaseUrl, readOptions, type TlsOptions, tlsOptions } from '../sql/database-url.ts';

const options = z.strictObject({
  tls: tlsOptions.optional(),
  /** How the password goes to the server; the driver asks the server unless said. */
  authentication: z.enum(['server', 'server_encrypt']).optional(),
  /** The schemas whose tables are seen. */
  schemas: z.array(z.string().min(1).max(128)).min(1).max(100).optional(),
  /** After how long a silence in the middle of something the connection counts as broken. */
  idleTimeoutSeconds: z.int().min(1).max(86_400).optional(),
});

/** How to reach a Db2. The password is not part of it: it is a secret, kept elsewhere. */
export interface Db2Config {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly tls: TlsOptions;
  readonly authentication: 'server' | 'server_encrypt' | undefined;
  /** One at least; a table without a schema is in the first. */
  readonly schemas: readonly string[];
  readonly idleTimeoutMs: number;
}

const RULES = { protocols: ['db2:'], parameters: ['schema', 'tls'] };
const IDLE_TIMEOUT_SECONDS = 300;
const PORT = 50_000;

/**
 * Reads a connection, `db2://user:password@host:50000/database?tls=verify-full`.
 * @throws ConnectionError invalid_config, without the password in it
 */
export function parseDb2(input: ConnectionInput): ParsedConnection {
  const { config, password } = read(input);
  const { database, user, tls, authentication, schemas, idleTimeoutMs } = config;
  return {
    config: {
      url: openUrl('db2:', { ...config, path: database }),
      auth: { type: 'basic', username: user },
      options: {
        tls,
        ...(authentication === undefined ? {} : { authentication }),
        schemas,
        idleTimeoutSeconds: idleTimeoutMs / 1000,
      },
    },
    secrets: password === undefined ? {} : { password },
  };
}

/** What `parseDb2` made, in the words of the driver. @throws ConnectionError invalid_config */
export const db2Config = (kept: ConnectionConfig): Db2Config => read(kept).config;

function read(input: ConnectionInput): { config: Db2Config; password: string | undefined } {
  const url = readDatabaseUrl(input, RULES);
  const said = readOptions(options, input.options);
  const { host, port = PORT, path: database, user, password, parameters } = url;
  if (user === undefined) throw invalid('the connection names no user');
  if (!/^[\p{L}\p{N}_@#$-]{1,128}$/u.test(database)) {
    throw invalid('the URL names no database: put it behind the port, as in db2://host:50000/shop');
  }
  if (!isValue(user)) throw invalid('the user has a semicolon, or a blank in front or behind');
  // The driver reads a list with semicolons, in which nothing can be quoted: what stands behind one would be an order to it.
  if (password !== undefined && !isValue(password)) {
    throw invalid('the driver of Db2 takes no password with a semicolon, or with a blank in front or behind');
  }
  const mode = tlsOptions.shape.mode.safeParse(parameters.get('tls') ?? 'disable');
  if (!mode.success) throw invalid('tls is one of disable, require, verify-ca, verify-full');
  if (parameters.has('tls') && said.tls !== undefined) {
    throw invalid('tls of the URL and options.tls say the same: leave out one');
  }
  return {
    config: {
      host,
      port,
      database,
      user,
      tls: said.tls ?? { mode: mode.data },
      authentication: said.authentication,
      schemas: said.schemas ?? parameters.get('schema')?.split(',') ?? [user.toUpperCase()],
      idleTimeoutMs: (said.idleTimeoutSeconds ?? IDLE_TIMEOUT_SECONDS) * 1000,
    },
    password,
  };
}

const isValue = (text: string): boolean => !/[;\0\r\n]/.test(text) && text.trim() === text && text !== '';

const invalid = (message: string): ConnectionError => new ConnectionError('invalid_config', message);
