import type { Socket } from 'node:net';
import { Connection, type ConnectionConfiguration } from 'tedious';
import { ConnectionError } from '../connection-error.ts';
import type { OpenOptions } from '../connector.ts';
import type { Target } from '../dial/dialer.ts';
import type { MssqlConfig } from './config.ts';
import { translateError } from './translate-error.ts';

export interface OpenMssql {
  readonly client: Connection;
  /** That of TCP, below the encryption. */
  readonly socket: Socket;
}

const TIMEOUT_MS = 10_000;
/** How many times a server sends on to another; the driver would go on for ever. */
const MOST_HOPS = 5;

/** Connects and signs in. @throws ConnectionError */
export async function connectMssql(config: MssqlConfig, options: OpenOptions): Promise<OpenMssql> {
  const { dialer, timeoutMs = TIMEOUT_MS, signal } = options;
  signal?.throwIfAborted();
  let socket: Socket | undefined;
  // The driver says where to: Azure may send on to another host, which has to be allowed as well.
  let hops = 0;
  const connector = async (to: Partial<Target> = {}): Promise<Socket> => {
    if (hops++ > MOST_HOPS) throw new ConnectionError('protocol', `the server sends on more than ${MOST_HOPS} times`);
    socket = await dialer.dial({ host: to.host ?? config.host, port: to.port ?? config.port }, { timeoutMs, signal });
    return socket;
  };
  const client = new Connection(configuration(config, options, connector));
  // What breaks later is told to whoever is waiting for an answer.
  client.on('error', () => undefined);
  // When signing in fails the driver gives the text only.
  let number: number | undefined;
  client.on('errorMessage', (said) => {
    number ??= said.number;
  });
  const abort = (): void => client.close();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    await new Promise<void>((resolve, reject) => {
      client.once('connect', (error) => (error === undefined ? resolve() : reject(error)));
      client.connect();
    });
    return { client, socket: socket as unknown as Socket };
  } catch (error) {
    client.close();
    socket?.destroy();
    signal?.throwIfAborted();
    throw translateError(number === undefined ? error : Object.assign(error as Error, { number }));
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

function configuration(
  { host, port, database, user, tls, strict, certificateHost, idleTimeoutMs }: MssqlConfig,
  { secrets, timeoutMs = TIMEOUT_MS }: OpenOptions,
  connector: () => Promise<Socket>,
): ConnectionConfiguration {
  return {
    server: host,
    authentication: { type: 'default', options: { userName: user, password: secrets.password ?? '' } },
    options: {
      connector,
      port,
      database,
      appName: 'datamaker',
      encrypt: strict ? 'strict' : tls.mode !== 'disable',
      trustServerCertificate: tls.mode === 'require',
      cryptoCredentialsDetails: tls.ca === undefined ? {} : { ca: tls.ca },
      ...(certificateHost === undefined ? {} : { serverName: certificateHost }),
      connectTimeout: timeoutMs,
      // Silence is watched on the socket; a long answer that comes is none.
      requestTimeout: 0,
      cancelTimeout: Math.min(idleTimeoutMs, 5000),
      maxRetriesOnTransientErrors: 0,
      useUTC: true,
      lowerCaseGuids: true,
      // No text is cut, and names in double quotes are names.
      enableAnsiWarnings: true,
      enableAnsiPadding: true,
      enableQuotedIdentifier: true,
      enableArithAbort: true,
      // Errors are known by how the texts of this language name rules.
      language: 'us_english',
      dateFormat: 'ymd',
      textsize: 2_147_483_647,
    },
  };
}
