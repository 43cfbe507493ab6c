import { z } from 'zod';
import { ConnectionError } from '../connection-error.ts';
import type { ConnectionConfig, ConnectionInput, ParsedConnection } from '../connector.ts';
import { openUrl, readDatabaseUrl, readOptions, type TlsOptions, tlsOptions } from '../sql/database-url.ts';

const options = z.strictObject({
  tls: tlsOptions.optional(),
  /** Whether what stands behind the port is a SID instead of a service. */
  isSid: z.boolean().optional(),
  /** The schemas whose tables are seen. */
  schemas: z.array(z.string().min(1).max(128)).min(1).max(100).optional(),
  /** After how long a silence in the middle of something the connection counts as broken. */
  idleTimeoutSeconds: z.int().min(1).max(86_400).optional(),
});

/** How to reach an Oracle Database. The password is not part of it: it is a secret, kept elsewhere. */
export interface OracleConfig {
  readonly host: string;
  readonly port: number;
  readonly service: string;
  readonly isSid: boolean;
  readonly user: string;
  readonly tls: TlsOptions;
  /** One at least; a table without a schema is in the first. */
  readonly schemas: readonly string[];
  readonly idleTimeoutMs: number;
}

const RULES = { protocols: ['oracle:', 'oracledb:'], parameters: ['schema', 'tls'] };

const IDLE_TIMEOUT_SECONDS = 300;
const PORT = 1521;

/**
 * Reads a connection, `oracle://user:password@host:1521/service?tls=verify-full`.
 * @throws ConnectionError invalid_config, without the password in it
 */
export function parseOracle(input: ConnectionInput): ParsedConnection {
  const { config, password } = read(input);
  const { service, user, tls, isSid, schemas, idleTimeoutMs } = config;
  return {
    config: {
      url: openUrl('oracle:', { ...config, path: service }),
      auth: { type: 'basic', username: user },
      options: { tls, isSid, schemas, idleTimeoutSeconds: idleTimeoutMs / 1000 },
    },
    secrets: password === undefined ? {} : { password },
  };
}

/** What `parseOracle` made, in the words of the driver. @throws ConnectionError invalid_config */
export const oracleConfig = (kept: ConnectionConfig): OracleConfig => read(kept).config;

function read(input: ConnectionInput): { config: OracleConfig; password: string | undefined } {
  const url = readDatabaseUrl(input, RULES);
  const said = readOptions(options, input.options);
  const { host, port = PORT, path: service, user, password, parameters } = url;
  if (user === undefined) throw invalid('the connection names no user');
  // It stands in a descriptor of brackets, where others could say what the driver reads and where it goes.
  if (!/^[\p{L}\p{N}._$#-]{1,255}$/u.test(service)) {
    throw invalid('the URL names no service: put it behind the port, as in oracle://host:1521/shop');
  }
  // A proxy user stands in square brackets, and a name in quotes keeps its capitals.
  if (!/^(?:"[^"\0]{1,128}"|[\p{L}\p{N}_$#]{1,128})$/u.test(user)) {
    throw invalid('the user is a name, or a name in double quotes where it does not have capitals only');
  }
  const mode = tlsOptions.shape.mode.safeParse(parameters.get('tls') ?? 'disable');
  if (!mode.success) throw invalid('tls is one of disable, require, verify-ca, verify-full');
  if (parameters.has('tls') && said.tls !== undefined) {
    throw invalid('tls of the URL and options.tls say the same: leave out one');
  }
  const own = user.startsWith('"') ? user.slice(1, -1) : user.toUpperCase();
  return {
    config: {
      host,
      port,
      service,
      isSid: said.isSid ?? false,
      user,
      tls: said.tls ?? { mode: mode.data },
      schemas: said.schemas ?? parameters.get('schema')?.split(',') ?? [own],
      idleTimeoutMs: (said.idleTimeoutSeconds ?? IDLE_TIMEOUT_SECONDS) * 1000,
    },
    password,
  };
}

const invalid = (message: string): ConnectionError => new ConnectionError('invalid_config', message);
