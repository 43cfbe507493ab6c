import type { Socket } from 'node:net';
import { connect as startTls } from 'node:tls';
import type { buildConnector } from 'undici';
import { ConnectionError } from '../connection-error.ts';
import type { Dialer } from '../dial/dialer.ts';
import type { TlsOptions } from './tls-options.ts';

/**
 * Opens the sockets of undici: each comes from the dialer, so that the policy holds for every origin, and TLS runs over it.
 * undici's own connector would look the name up by itself, and not at all for addresses.
 * @param onFailure told of errors before anything was sent
 */
export function dialConnector(
  dialer: Dialer,
  tls: TlsOptions,
  timeoutMs: number,
  onFailure: (error: Error) => void,
): buildConnector.connector {
  return ({ hostname, port, protocol, servername }, callback) => {
    const isEncrypted = protocol === 'https:';
    const target = { host: hostname, port: port === '' ? (isEncrypted ? 443 : 80) : Number(port) };
    dialer
      .dial(target, { timeoutMs })
      .then((socket) => (isEncrypted ? encrypt(socket, servername ?? hostname, tls, timeoutMs) : socket))
      .then(
        (socket) => callback(null, socket),
        (error: Error) => {
          onFailure(error);
          callback(error, null);
        },
      );
  };
}

function encrypt(socket: Socket, name: string, { mode, ca }: TlsOptions, timeoutMs: number): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const host = name.replace(/^\[(.*)\]$/, '$1');
  const secure = startTls({
    socket,
    host,
    // An address is no name of a server (RFC 6066, 3).
    servername: /^[\d.]+$|:/.test(host) ? '' : host,
    ALPNProtocols: ['http/1.1'],
    rejectUnauthorized: mode !== 'require',
    ...(ca === undefined ? {} : { ca }),
    ...(mode === 'verify-ca' ? { checkServerIdentity: () => undefined } : {}),
  });
  const timer = setTimeout(
    () => secure.destroy(new ConnectionError('timeout', 'the encrypted connection was not agreed upon in time')),
    timeoutMs,
  );
  secure.once('secureConnect', () => {
    clearTimeout(timer);
    secure.off('error', reject);
    resolve(secure);
  });
  secure.once('error', (error) => {
    clearTimeout(timer);
    socket.destroy();
    reject(error instanceof ConnectionError ? error : tlsError(error));
  });
  return promise;
}

const tlsError = (error: NodeJS.ErrnoException): ConnectionError =>
  new ConnectionError('tls', `the encrypted connection could not be agreed upon (${error.code ?? 'TLS'})`, {
    hint: 'add the certificate of the authority as options.tls.ca, and check that the port speaks HTTPS',
    cause: error,
  });
