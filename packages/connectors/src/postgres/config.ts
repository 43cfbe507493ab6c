import { z } from 'zod';
import { ConnectionError } from '../connection-error.ts';

/** How to reach a PostgreSQL server. The password is not part of it: it is a secret, kept elsewhere. */
export const postgresConfig = z.strictObject({
  host: z.string().min(1).max(253),
  port: z.int().min(1).max(65_535).default(5432),
  database: z.string().min(1).max(63),
  user: z.string().min(1).max(63),
  /** `require` encrypts and trusts whoever answers; `verify-full` also checks certificate and name, against `ca` if there is one. */
  sslMode: z.enum(['disable', 'require', 'verify-ca', 'verify-full']).default('disable'),
  /** Certificates of authorities to trust, as PEM. */
  ca: z.string().max(65_536).optional(),
  /** The schemas whose tables are seen. */
  schemas: z.array(z.string().min(1).max(63)).min(1).max(100).default(['public']),
});
export type PostgresConfig = z.infer<typeof postgresConfig>;

/** What a URL may say behind its question mark; everything else that drivers take could read files or run code. */
const PARAMETERS = new Set(['sslmode', 'schema']);

/**
 * Reads a connection URL, `postgres://user:password@host:5432/database?sslmode=require`.
 * @returns what to keep in the open, and the password
 * @throws ConnectionError invalid_config, without the password in it
 */
export function parsePostgresUrl(text: string): { config: PostgresConfig; password: string | undefined } {
  const url = URL.parse(text);
  if (url === null || !/^postgres(ql)?:$/.test(url.protocol)) {
    throw invalid('the URL has the form postgres://user:password@host:5432/database');
  }
  const unknown = [...url.searchParams.keys()].find((name) => !PARAMETERS.has(name));
  if (unknown !== undefined) {
    throw invalid(`the URL has the parameter ${JSON.stringify(unknown)}; only sslmode and schema are taken`);
  }
  const sslMode = url.searchParams.get('sslmode') ?? 'disable';
  const parsed = postgresConfig.safeParse({
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    ...(url.port === '' ? {} : { port: Number(url.port) }),
    database: decode(url.pathname.slice(1)),
    user: decode(url.username),
    // What may do without encryption is the same as doing without: whoever is in between decides.
    sslMode: sslMode === 'prefer' || sslMode === 'allow' ? 'disable' : sslMode,
    ...(url.searchParams.has('schema') ? { schemas: url.searchParams.get('schema')?.split(',') } : {}),
  });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(`${issue?.path.join('.')}: ${issue?.message}`);
  }
  return { config: parsed.data, password: url.password === '' ? undefined : decode(url.password) };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw invalid('a percent sign in the URL is not followed by two hexadecimal digits: write %25 for it');
  }
}

const invalid = (message: string): ConnectionError => new ConnectionError('invalid_config', message);
