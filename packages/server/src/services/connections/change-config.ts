import { isDeepStrictEqual } from 'node:util';
import type { ConnectionConfig, ConnectionInput, ConnectionSecrets } from '@datamaker/connectors';
import { validationError } from '../../errors.ts';
import type { StoredConnection } from '../../store/connections.ts';

/** What may be changed of a connection; what is undefined stays. */
export interface ConnectionChange extends Pick<ConnectionInput, 'auth' | 'options'> {
  readonly url?: string | undefined;
  readonly name?: string | undefined;
  readonly readOnly?: boolean | undefined;
}

/** What is to be read anew, and what has to hold for what comes of it. */
interface Merged {
  readonly input: ConnectionInput;
  /** @throws ApiError validation_error, when kept secrets would go somewhere else */
  readonly check: (config: ConnectionConfig) => void;
}

/**
 * What is said of a connection after a change. Secrets that are kept stay only with the host, port and user that they were
 * given for: who changes an address without knowing the password would else have it sent there.
 */
export function mergeChange(
  { config, secret_ref: ref }: Pick<StoredConnection, 'config' | 'secret_ref'>,
  kept: ConnectionSecrets,
  { url = config.url, auth, options = config.options }: ConnectionChange,
): Merged {
  const isInUrl = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*@/i.test(url);
  const { headers, own } = apart(kept);
  const whole = withHeaders(options, headers);
  if (auth !== undefined || isInUrl) {
    return {
      input: { url, auth, options: goesTo({ url }) === goesTo(config) ? whole : options },
      check: () => undefined,
    };
  }
  const secret = ref === null ? own : { ...own, secret_ref: ref };
  const check = (next: ConnectionConfig): void => {
    if (Object.keys(kept).length === 0 || goesTo(next) === goesTo(config)) return;
    throw validationError([
      {
        code: 'secret_needed',
        pointer: '/auth',
        message: 'the address is another one: the password or token that is kept is not sent there',
        hint: 'give `auth` as well, or put user and password into the URL',
      },
    ]);
  };
  const same = isDeepStrictEqual(config.auth, { type: 'none' }) && Object.keys(secret).length === 0;
  return { input: { url, auth: same ? undefined : { ...config.auth, ...secret }, options: whole }, check };
}

/** How secrets of headers are called among those of a connection over HTTP; `options.secretHeaders` has their names. */
const HEADER = 'header.';

function apart(kept: ConnectionSecrets): { headers: Record<string, string>; own: Record<string, string> } {
  const headers: [string, string][] = [];
  const own: [string, string][] = [];
  for (const [name, secret] of Object.entries(kept)) {
    if (name.startsWith(HEADER)) headers.push([name.slice(HEADER.length), secret]);
    else own.push([name, secret]);
  }
  return { headers: Object.fromEntries(headers), own: Object.fromEntries(own) };
}

/** Options with the secret headers that they name and give no value. */
function withHeaders(options: ConnectionConfig['options'], kept: Readonly<Record<string, string>>) {
  const { headers = {}, secretHeaders } = options;
  if (!Array.isArray(secretHeaders) || typeof headers !== 'object' || headers === null) return options;
  const given = Object.keys(headers).map((name) => name.toLowerCase());
  const missing = Object.entries(kept).filter(([name]) => secretHeaders.includes(name) && !given.includes(name));
  return missing.length === 0 ? options : { ...options, headers: { ...headers, ...Object.fromEntries(missing) } };
}

/** Scheme, hosts and ports. */
const goesTo = ({ url }: Pick<ConnectionConfig, 'url'>): string =>
  (/^[^:]*:\/\/[^/?#]*/.exec(url)?.[0] ?? url).toLowerCase();
