import { once } from 'node:events';
import { createServer, isIP, type Socket } from 'node:net';
import { pipeline } from 'node:stream';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { ConnectionError } from '../connection-error.ts';
import type { TlsOptions } from '../sql/database-url.ts';
import { tlsOf } from '../sql/tls.ts';
import type { Dialer, Target } from './dialer.ts';
import { isOwnSocket } from './is-own-socket.ts';

export interface ForwarderOptions {
  readonly dialer: Dialer;
  readonly target: Target;
  readonly tls: TlsOptions;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

export interface Forwarder {
  /** On 127.0.0.1. */
  readonly port: number;
  /** That of the target, below the encryption. */
  readonly socket: Socket;
  /** Breaks both sides. */
  close(): void;
}

/**
 * A way to a target for a driver that opens sockets by itself and takes none: it connects to 127.0.0.1, and what it says goes on over a socket of the dialer that
 * is connected already, encrypted where that is wanted. It takes one connection, then it listens no more. On Linux it takes that of this process only;
 * on other systems somebody else on the machine who is faster could take its place, and would be at a server that still wants a password.
 * @throws ConnectionError as the dialer does; tls
 */
export async function startForwarder({ dialer, target, tls, timeoutMs, signal }: ForwarderOptions): Promise<Forwarder> {
  const socket = await dialer.dial(target, { timeoutMs, signal });
  socket.on('error', () => undefined);
  const far = tls.mode === 'disable' ? socket : await encrypted(socket, target, { tls, timeoutMs, signal });
  let near: Socket | undefined;
  let isTaken = false;
  const listener = createServer((client) => {
    client.on('error', () => undefined);
    const { port: to } = listener.address() as { port: number };
    isOwnSocket(client.remotePort ?? 0, to)
      .catch(() => false)
      .then((isOwn) => {
        if (isTaken || isOwn === false || far.destroyed) return client.destroy();
        isTaken = true;
        near = client.setNoDelay(true);
        listener.close();
        // Whichever side breaks, the other does.
        pipeline(client, far, client, () => {
          client.destroy();
          socket.destroy();
        });
      });
  });
  listener.on('error', () => socket.destroy());
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening').catch((error: unknown) => {
    throw new ConnectionError('busy', 'this machine has no port for the way to the system', { cause: error });
  });
  const close = (): void => {
    if (listener.listening) listener.close();
    near?.destroy();
    socket.destroy();
  };
  socket.once('close', close);
  return { port: (listener.address() as { port: number }).port, socket, close };
}

async function encrypted(
  socket: Socket,
  { host }: Target,
  { tls, timeoutMs, signal }: Pick<ForwarderOptions, 'tls' | 'timeoutMs' | 'signal'>,
): Promise<TLSSocket> {
  signal?.throwIfAborted();
  const secure = connectTls({ socket, host, ...(isIP(host) === 0 ? { servername: host } : {}), ...tlsOf(tls) });
  const timer = setTimeout(() => secure.destroy(new Error('there was no answer in time')), timeoutMs);
  const abort = (): void => void secure.destroy(new Error('it was told to stop'));
  signal?.addEventListener('abort', abort, { once: true });
  try {
    await once(secure, 'secureConnect');
    secure.on('error', () => undefined);
    return secure;
  } catch (error) {
    socket.destroy();
    signal?.throwIfAborted();
    const { code, message } = error as NodeJS.ErrnoException;
    throw new ConnectionError('tls', `the encrypted connection could not be agreed upon: ${code ?? message}`, {
      hint: 'give the certificate of the authority in options.tls.ca, or take the port and the mode of TLS that the server offers',
      cause: error,
    });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}
