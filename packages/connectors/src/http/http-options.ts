import { z } from 'zod';
import { ConnectionError } from '../connection-error.ts';
import { soundsSecret } from './base-url.ts';
import { tlsOptions } from './tls-options.ts';

const seconds = z.number().min(0.1).max(600);

/** What both kinds of connections over HTTP may say in `options`. */
export const httpOptions = {
  /** Sent with each request to the system itself. */
  headers: z.record(z.string(), z.string().max(8000)).default({}),
  tls: tlsOptions.optional(),
  /** For one answer, from asking to its last byte. */
  timeoutSeconds: seconds.default(60),
  /** Attempts after the first, of what may be repeated. */
  retries: z.int().min(0).max(10).default(4),
  /** Most requests that start in a second. */
  requestsPerSecond: z.number().min(0.01).max(10_000).optional(),
  /** Requests on their way at the same time. */
  concurrency: z.int().min(1).max(64).default(8),
  /** Most of one answer, unpacked. */
  responseLimitMib: z.int().min(1).max(512).default(32),
};
const common = z.object(httpOptions);
export type HttpOptions = z.infer<typeof common>;

/** Headers that say who asks belong to auth; the others are of the connection between two hosts. */
const NOT_YOURS = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'host',
  'content-length',
  'content-type',
  'accept-encoding',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'upgrade',
  'te',
  'trailer',
  'expect',
  'x-csrf-token',
]);
/** What names a header's secret among the secrets of a connection. */
const PREFIX = 'header.';

/**
 * Headers in lower case, those that sound like secrets taken out.
 * @throws ConnectionError invalid_config
 */
export function takeSecretHeaders(headers: Readonly<Record<string, string>>): {
  headers: Record<string, string>;
  secretHeaders: string[];
  secrets: Record<string, string>;
} {
  const open: Record<string, string> = {};
  const secrets: Record<string, string> = {};
  for (const [given, value] of Object.entries(headers)) {
    const name = given.toLowerCase();
    if (!/^[\w!#$%&'*+.^`|~-]{1,200}$/.test(name) || /[^\t\x20-\x7e\x80-\xff]/.test(value)) {
      throw new ConnectionError('invalid_config', `options.headers.${given.slice(0, 100)}: HTTP does not allow it`);
    }
    if (NOT_YOURS.has(name)) {
      throw new ConnectionError('invalid_config', `options.headers.${given} cannot be set`, {
        hint: 'what says who asks belongs to auth',
      });
    }
    if (soundsSecret(name)) secrets[`${PREFIX}${name}`] = value;
    else open[name] = value;
  }
  const secretHeaders = Object.keys(secrets).map((name) => name.slice(PREFIX.length));
  return { headers: open, secretHeaders, secrets };
}

/** All headers again. @throws ConnectionError invalid_config, when a secret is missing */
export function withSecretHeaders(
  headers: Readonly<Record<string, string>>,
  secretHeaders: readonly string[],
  secrets: Readonly<Record<string, string>>,
): Record<string, string> {
  const all = { ...headers };
  for (const name of secretHeaders) {
    const value = secrets[`${PREFIX}${name}`];
    if (value === undefined)
      throw new ConnectionError('invalid_config', `options.headers.${name} is missing: say it again`);
    all[name] = value;
  }
  return all;
}
