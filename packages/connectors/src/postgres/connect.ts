import type { ConnectionOptions } from 'node:tls';
import pg from 'pg';
import type { Dialer } from '../dial/dialer.ts';
import type { PostgresConfig } from './config.ts';
import { translateError } from './translate-error.ts';

export interface ConnectOptions {
  readonly dialer: Dialer;
  readonly password: string | undefined;
  /** Whether the server shall refuse to change anything. */
  readonly readOnly: boolean;
  /** For connecting, and for the first answers. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
}

const TIMEOUT_MS = 10_000;

/** Connects and signs in. @throws ConnectionError */
export async function connectPostgres(config: PostgresConfig, options: ConnectOptions): Promise<pg.Client> {
  const { dialer, password, readOnly, timeoutMs = TIMEOUT_MS, signal } = options;
  const socket = await dialer.dial(config, { timeoutMs, signal });
  // The driver opens what it is given; this one is open.
  socket.connect = () => {
    queueMicrotask(() => socket.emit('connect'));
    return socket;
  };
  const client = new pg.Client({
    host: config.host,
    port: config.port,
    database: config.database,
    user: config.user,
    // A function, since for an empty text the driver looks in the environment and in files.
    password: () => password ?? '',
    ssl: tlsOf(config),
    stream: () => socket,
    connectionTimeoutMillis: timeoutMs,
    application_name: 'datamaker',
    // Settings come first in a session: there is no moment in which it could write.
    // Never empty: then the driver would take those of the environment.
    options: `-c extra_float_digits=1${readOnly ? ' -c default_transaction_read_only=on' : ''}`,
    keepAlive: true,
  });
  // What breaks later is told to whoever is waiting for an answer.
  client.on('error', () => undefined);
  const abort = (): void => void socket.destroy();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    await client.connect();
    return client;
  } catch (error) {
    socket.destroy();
    signal?.throwIfAborted();
    throw translateError(error);
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

function tlsOf({ sslMode, ca }: PostgresConfig): false | ConnectionOptions {
  if (sslMode === 'disable') return false;
  if (sslMode === 'require') return { rejectUnauthorized: false };
  return {
    rejectUnauthorized: true,
    ...(ca === undefined ? {} : { ca }),
    // verify-ca: who answers has a certificate of the authority, in whatever name.
    ...(sslMode === 'verify-ca' ? { checkServerIdentity: () => undefined } : {}),
  };
}
