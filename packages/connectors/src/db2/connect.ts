import { ConnectionError } from '../connection-error.ts';
import type { ConnectionSecrets, OpenOptions } from '../connector.ts';
import { type Forwarder, startForwarder } from '../dial/forwarder.ts';
import { type Db2Config, refuseOrders } from './config.ts';
import type { Db2Client, Db2Driver } from './driver.ts';
import { translateError } from './translate-error.ts';

export interface OpenDb2 {
  readonly client: Db2Client;
  readonly forwarder: Forwarder;
}

const TIMEOUT_MS = 10_000;
const LATE = new ConnectionError('timeout', 'the server did not answer in time', {
  hint: 'check the port, and whether it is one of Db2, with TLS or without',
});
const ENDED = new ConnectionError('broken', 'the server ended the connection before anybody had signed in', {
  hint: 'check the port, and whether it is one of Db2, with TLS or without',
});

/** Connects and signs in. @throws ConnectionError */
export async function connectDb2(driver: Db2Driver, config: Db2Config, options: OpenOptions): Promise<OpenDb2> {
  const { dialer, secrets, timeoutMs = TIMEOUT_MS, signal } = options;
  signal?.throwIfAborted();
  // A secret of people that a connection names was not there to be read with the rest.
  if (secrets.password !== undefined) refuseOrders(secrets.password);
  const forwarder = await startForwarder({ dialer, target: config, tls: config.tls, timeoutMs, signal });
  let isLate = false;
  // What it is doing it does elsewhere, and ends when the connection does.
  const timer = setTimeout(() => {
    isLate = true;
    forwarder.close();
  }, timeoutMs);
  const abort = (): void => forwarder.close();
  signal?.addEventListener('abort', abort, { once: true });
  const opening = driver.open(connectionString(config, forwarder.port, secrets, timeoutMs));
  // The driver tries again for some seconds, with nobody to talk to.
  const ended = new Promise<never>((_, reject) => {
    forwarder.socket.once('close', () => reject(isLate ? LATE : ENDED));
  });
  ended.catch(() => undefined);
  try {
    const client = await Promise.race([opening, ended]);
    signal?.throwIfAborted();
    return { client, forwarder };
  } catch (error) {
    forwarder.close();
    opening.then((client) => client.close()).catch(() => undefined);
    signal?.throwIfAborted();
    throw translateError(isLate ? LATE : error);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

/** Keywords of IBM's driver. Values have no semicolon (`parseDb2`, `refuseOrders`), so nothing can be added. */
export function connectionString(
  { database, user, authentication }: Db2Config,
  port: number,
  { password = '' }: ConnectionSecrets,
  timeoutMs: number,
): string {
  const words: Readonly<Record<string, string | number>> = {
    DATABASE: database,
    HOSTNAME: '127.0.0.1',
    PORT: port,
    PROTOCOL: 'TCPIP',
    UID: user,
    PWD: password,
    ...(authentication === undefined ? {} : { AUTHENTICATION: authentication.toUpperCase() }),
    ConnectTimeout: Math.ceil(timeoutMs / 1000),
    // A server may name others to go to when it is lost; the driver would go there by itself.
    EnableACR: 'false',
    EnableSeamlessACR: 'false',
    EnableWLB: 'false',
    ClientApplName: 'datamaker',
  };
  return Object.entries(words)
    .map(([word, value]) => `${word}=${value};`)
    .join('');
}
