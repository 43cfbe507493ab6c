import { z } from 'zod';
import type { ConnectionInput } from '../connector.ts';
import { invalidConfig } from './invalid-config.ts';

/** How a connection to a database is encrypted: `require` trusts whoever answers, `verify-ca` checks the certificate, `verify-full` the name as well. */
export const tlsOptions = z.strictObject({
  mode: z.enum(['disable', 'require', 'verify-ca', 'verify-full']),
  /** Certificates of authorities to trust, as PEM; those that Node knows unless said. */
  ca: z.string().max(65_536).optional(),
});
export type TlsOptions = z.infer<typeof tlsOptions>;

const basicAuth = z.strictObject({
  type: z.literal('basic'),
  username: z.string().min(1).max(256),
  password: z.string().max(4096).optional(),
});
const noAuth = z.strictObject({ type: z.literal('none') });

export interface DatabaseUrl {
  readonly host: string;
  /** Undefined: none is said. */
  readonly port: number | undefined;
  /** Behind the slash; empty: none. */
  readonly path: string;
  readonly user: string | undefined;
  readonly password: string | undefined;
  /** Behind the question mark, each of them known. */
  readonly parameters: ReadonlyMap<string, string>;
}

export interface DatabaseUrlRules {
  /** `postgres:`, `postgresql:`; the first is shown in messages. */
  readonly protocols: readonly string[];
  /** All that may stand behind the question mark: what drivers take besides could read files or run code. */
  readonly parameters: readonly string[];
}

/**
 * Reads the URL of a database, and the user and password in it or beside it in `auth`.
 * @throws ConnectionError invalid_config, without the password in it
 */
export function readDatabaseUrl(
  { url: text, auth }: Pick<ConnectionInput, 'url' | 'auth'>,
  rules: DatabaseUrlRules,
): DatabaseUrl {
  const url = URL.parse(text);
  const form = `${rules.protocols[0]}//user:password@host:port/database`;
  if (url === null || !rules.protocols.includes(url.protocol)) throw invalidConfig(`the URL has the form ${form}`);
  if (url.hostname === '') throw invalidConfig(`the URL names no host; it has the form ${form}`);
  if (url.hash !== '') throw invalidConfig('the URL has a #: in a password, write %23 for it');
  const parameters = new Map<string, string>();
  for (const [name, value] of url.searchParams) {
    if (!rules.parameters.includes(name)) {
      const taken = rules.parameters.length === 0 ? 'none is taken' : `only ${rules.parameters.join(', ')} is taken`;
      throw invalidConfig(`the URL has the parameter ${JSON.stringify(name)}; ${taken}`);
    }
    if (parameters.has(name)) throw invalidConfig(`the URL has the parameter ${JSON.stringify(name)} twice`);
    parameters.set(name, value);
  }
  const said = z.union([basicAuth, noAuth]).safeParse(auth ?? { type: 'none' });
  if (!said.success) {
    throw invalidConfig(
      'auth of a database is {"type":"basic","username":…,"password":…}, or it is left out and in the URL',
    );
  }
  const basic = said.data.type === 'basic' ? said.data : undefined;
  const user = url.username === '' ? undefined : decode(url.username);
  if (basic !== undefined && user !== undefined && basic.username !== user) {
    throw invalidConfig('the URL and auth name different users');
  }
  const inUrl = url.password === '' ? undefined : decode(url.password);
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? undefined : Number(url.port),
    path: decode(url.pathname.replace(/^\//, '')),
    user: basic?.username ?? user,
    password: basic?.password ?? inUrl,
    parameters,
  };
}

/** The URL without user, password and parameters, as it may be kept in the open. */
export function openUrl(protocol: string, { host, port, path }: { host: string; port: number; path: string }): string {
  return `${protocol}//${host.includes(':') ? `[${host}]` : host}:${port}/${encodeURIComponent(path)}`;
}

/**
 * Checks options against what a type of connection knows.
 * @throws ConnectionError invalid_config, naming the option
 */
export function readOptions<Schema extends z.ZodType>(schema: Schema, options: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(options ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue?.code === 'unrecognized_keys') {
    const at = [...issue.path, issue.keys[0] ?? ''].join('.');
    throw invalidConfig(`there is no option ${JSON.stringify(at.slice(0, 100))}`);
  }
  throw invalidConfig(`options.${issue?.path.join('.')}: ${issue?.message}`);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw invalidConfig('a percent sign in the URL is not followed by two hexadecimal digits: write %25 for it');
  }
}
