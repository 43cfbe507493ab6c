import type { ConnectionOptions } from 'node:tls';
import type { TlsOptions } from './database-url.ts';

/** What Node's TLS is told, on a socket that the dialer opened. */
export function tlsOf({ mode, ca }: TlsOptions): false | ConnectionOptions {
  if (mode === 'disable') return false;
  if (mode === 'require') return { rejectUnauthorized: false };
  return {
    rejectUnauthorized: true,
    ...(ca === undefined ? {} : { ca }),
    // verify-ca: who answers has a certificate of the authority, in whatever name.
    ...(mode === 'verify-ca' ? { checkServerIdentity: () => undefined } : {}),
  };
}
