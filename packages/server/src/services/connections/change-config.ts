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
  if (auth !== undefined || isInUrl) return { input: { url, auth, options }, check: () => undefined };
  const secret = ref === null ? kept : { ...kept, secret_ref: ref };
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
  return { input: { url, auth: same ? undefined : { ...config.auth, ...secret }, options }, check };
}

/** Scheme, hosts and ports. */
const goesTo = ({ url }: ConnectionConfig): string => (/^[^:]*:\/\/[^/?#]*/.exec(url)?.[0] ?? url).toLowerCase();
