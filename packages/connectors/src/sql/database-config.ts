import { z } from 'zod';
import type { ConnectionInput, ParsedConnection } from '../connector.ts';
import {
  type DatabaseUrlRules,
  openUrl,
  readDatabaseUrl,
  readOptions,
  type TlsOptions,
  tlsOptions,
} from './database-url.ts';
import { invalidConfig } from './invalid-config.ts';

const IDLE_TIMEOUT_SECONDS = 300;

/** How to reach a relational system, whichever. The password is not part of it: it is a secret, kept elsewhere. */
export interface DatabaseConfig {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly tls: TlsOptions;
  /** One at least; a table without a schema is in the first. */
  readonly schemas: readonly string[];
  readonly idleTimeoutMs: number;
}

/** Options that all relational systems take. @param longest most characters of a schema's name */
export const databaseOptions = (longest: number) => ({
  tls: tlsOptions.optional(),
  /** The schemas whose tables are seen. */
  schemas: z.array(z.string().min(1).max(longest)).min(1).max(100).optional(),
  /** After how long a silence in the middle of something the connection counts as broken. */
  idleTimeoutSeconds: z.int().min(1).max(86_400).optional(),
});

export interface DatabaseRules<Options> extends DatabaseUrlRules {
  /** `databaseOptions`, and those of its own. */
  readonly options: z.ZodType<Options> & { readonly shape: ReturnType<typeof databaseOptions> };
  /** Where none is said. */
  readonly port: number;
}

export type SharedOptions = z.infer<z.ZodObject<ReturnType<typeof databaseOptions>>>;

/** What is said of a connection, before the system at hand has looked at it. */
export interface SaidDatabase<Options> {
  readonly user: string;
  readonly password: string | undefined;
  /** Behind the port; empty: nothing. */
  readonly path: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly options: Options;
  /** @param schemas where none are said */
  shared(tls: TlsOptions, schemas: readonly string[]): DatabaseConfig;
}

/**
 * Reads the URL and the options of a relational system.
 * @throws ConnectionError invalid_config, without the password in it
 */
export function readDatabase<Options extends SharedOptions>(
  input: ConnectionInput,
  rules: DatabaseRules<Options>,
): SaidDatabase<Options> {
  const { host, port = rules.port, path, user, password, parameters } = readDatabaseUrl(input, rules);
  const options = readOptions(rules.options, input.options);
  if (user === undefined) throw invalidConfig('the connection names no user');
  const inUrl = rules.options.shape.schemas.safeParse(parameters.get('schema')?.split(','));
  if (!inUrl.success) {
    throw invalidConfig('schema of the URL is up to 100 names with commas between them, none empty and none too long');
  }
  return {
    user,
    password,
    path,
    parameters,
    options,
    shared: (tls, schemas) => ({
      host,
      port,
      user,
      tls,
      schemas: options.schemas ?? inUrl.data ?? schemas,
      idleTimeoutMs: (options.idleTimeoutSeconds ?? IDLE_TIMEOUT_SECONDS) * 1000,
    }),
  };
}

/**
 * A connection to a relational system as it is kept.
 * @param path what stands behind the port
 * @param own options that only this system has; undefined: not said
 */
export function keptDatabase(
  protocol: string,
  path: string,
  { config, password }: { readonly config: DatabaseConfig; readonly password: string | undefined },
  own: Readonly<Record<string, unknown>> = {},
): ParsedConnection {
  const { user, tls, schemas, idleTimeoutMs } = config;
  const said = Object.entries(own).filter(([, value]) => value !== undefined);
  return {
    config: {
      url: openUrl(protocol, { ...config, path }),
      auth: { type: 'basic', username: user },
      options: { tls, ...Object.fromEntries(said), schemas, idleTimeoutSeconds: idleTimeoutMs / 1000 },
    },
    secrets: password === undefined ? {} : { password },
  };
}
