import { z } from 'zod';
import { ConnectionError } from '../connection-error.ts';
import type { ConnectionConfig, ConnectionInput, ParsedConnection } from '../connector.ts';
import { openUrl, readDatabaseUrl, readOptions, type TlsOptions, tlsOptions } from '../sql/database-url.ts';

const options = z.strictObject({
  tls: tlsOptions.optional(),
  /** Whether encryption comes before everything else (TDS 8), which SQL Server 2022 and Azure can. */
  strict: z.boolean().optional(),
  /** The name that the certificate has, where it is not that of the host. */
  certificateHost: z.string().min(1).max(253).optional(),
  /** The schemas whose tables are seen. */
  schemas: z.array(z.string().min(1).max(128)).min(1).max(100).optional(),
  /** After how long a silence in the middle of something the connection counts as broken. */
  idleTimeoutSeconds: z.int().min(1).max(86_400).optional(),
});

/** How to reach a SQL Server. The password is not part of it: it is a secret, kept elsewhere. */
export interface MssqlConfig {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly tls: TlsOptions;
  readonly strict: boolean;
  readonly certificateHost: string | undefined;
  /** One at least; a table without a schema is in the first. */
  readonly schemas: readonly string[];
  readonly idleTimeoutMs: number;
}

/** What a URL may say behind its question mark, in the words of Microsoft's drivers. */
const RULES = {
  protocols: ['mssql:', 'sqlserver:'],
  parameters: ['database', 'encrypt', 'trustServerCertificate', 'schema'],
};

const IDLE_TIMEOUT_SECONDS = 300;

/**
 * Reads a connection, `mssql://user:password@host:1433/database?encrypt=true&trustServerCertificate=true`.
 * @throws ConnectionError invalid_config, without the password in it
 */
export function parseMssql(input: ConnectionInput): ParsedConnection {
  const { config, password } = read(input);
  const { user, tls, strict, certificateHost, schemas, idleTimeoutMs } = config;
  return {
    config: {
      url: openUrl('mssql:', { ...config, path: config.database }),
      auth: { type: 'basic', username: user },
      options: {
        tls,
        strict,
        ...(certificateHost === undefined ? {} : { certificateHost }),
        schemas,
        idleTimeoutSeconds: idleTimeoutMs / 1000,
      },
    },
    secrets: password === undefined ? {} : { password },
  };
}

/** What `parseMssql` made, in the words of the driver. @throws ConnectionError invalid_config */
export const mssqlConfig = (kept: ConnectionConfig): MssqlConfig => read(kept).config;

function read(input: ConnectionInput): { config: MssqlConfig; password: string | undefined } {
  const url = readDatabaseUrl(input, RULES);
  const said = readOptions(options, input.options);
  const { host, port = 1433, path, user, password, parameters } = url;
  if (user === undefined) throw invalid('the connection names no user');
  const inParameters = parameters.get('database');
  if (path !== '' && inParameters !== undefined) {
    throw invalid(
      'what stands behind the port is the database, which is named twice; an instance is reached by its port',
    );
  }
  const database = path || inParameters || '';
  if (database === '') {
    throw invalid('the URL names no database: put it behind the port, as in mssql://host:1433/shop');
  }
  for (const [what, name] of Object.entries({ user, database })) {
    if (name.length > 128 || name.includes('\0')) throw invalid(`the name of the ${what} has more than 128 characters`);
  }
  const tls = tlsOf(parameters, said.tls);
  const strict = said.strict ?? parameters.get('encrypt') === 'strict';
  if (strict && tls.mode !== 'verify-full') {
    throw invalid('strict encryption checks the certificate and its name: tls.mode is verify-full, or left out');
  }
  return {
    config: {
      host,
      port,
      database,
      user,
      tls,
      strict,
      certificateHost: said.certificateHost,
      schemas: said.schemas ?? parameters.get('schema')?.split(',') ?? ['dbo'],
      idleTimeoutMs: (said.idleTimeoutSeconds ?? IDLE_TIMEOUT_SECONDS) * 1000,
    },
    password,
  };
}

/** Encrypted and checked unless said, as in Microsoft's own drivers: without it the password goes over the network all but readable. */
function tlsOf(parameters: ReadonlyMap<string, string>, said: TlsOptions | undefined): TlsOptions {
  if (said?.mode === 'verify-ca') {
    throw invalid(
      'tls.mode verify-ca is not for SQL Server: take verify-full, and name the host of the certificate in certificateHost',
    );
  }
  const encrypt = parameters.get('encrypt');
  const trust = parameters.get('trustServerCertificate');
  if (encrypt === undefined && trust === undefined) return said ?? { mode: 'verify-full' };
  if (said !== undefined) throw invalid('encrypt of the URL and options.tls say the same: leave out one');
  if (encrypt !== undefined && !['true', 'false', 'strict'].includes(encrypt)) {
    throw invalid('encrypt is one of true, false, strict');
  }
  if (trust !== undefined && !['true', 'false'].includes(trust)) {
    throw invalid('trustServerCertificate is one of true, false');
  }
  if (encrypt === 'false') return { mode: 'disable' };
  return { mode: trust === 'true' ? 'require' : 'verify-full' };
}

const invalid = (message: string): ConnectionError => new ConnectionError('invalid_config', message);
