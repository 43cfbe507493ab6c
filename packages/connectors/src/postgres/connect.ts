import type { Socket } from 'node:net';
import pg from 'pg';
import type { OpenOptions } from '../connector.ts';
import { tlsOf } from '../sql/tls.ts';
import type { PostgresConfig } from './config.ts';
import { translateError } from './translate-error.ts';

export interface OpenPostgres {
  readonly client: pg.Client;
  /** That of TCP, below the encryption. */
  readonly socket: Socket;
}

const TIMEOUT_MS = 10_000;

/** Settings of every session, so that values have one form whatever the server's own are. */
const SETTINGS = {
  DateStyle: 'ISO',
  IntervalStyle: 'iso_8601',
  TimeZone: 'UTC',
  bytea_output: 'hex',
  extra_float_digits: '1',
  standard_conforming_strings: 'on',
};

/** Connects and signs in. @throws ConnectionError */
export async function connectPostgres(config: PostgresConfig, options: OpenOptions): Promise<OpenPostgres> {
  const { dialer, secrets, readOnly, timeoutMs = TIMEOUT_MS, signal } = options;
  const socket = await dialer.dial(config, { timeoutMs, signal });
  // The driver opens what it is given; this one is open.
  socket.connect = () => {
    queueMicrotask(() => socket.emit('connect'));
    return socket;
  };
  // Settings come first in a session: there is no moment in which it could write.
  const settings = { ...SETTINGS, ...(readOnly ? { default_transaction_read_only: 'on' } : {}) };
  const client = new pg.Client({
    host: config.host,
    port: config.port,
    database: config.database,
    user: config.user,
    // A function, since for an empty text the driver looks in the environment and in files.
    password: () => secrets.password ?? '',
    ssl: tlsOf(config.tls),
    stream: () => socket,
    connectionTimeoutMillis: timeoutMs,
    application_name: 'datamaker',
    // Never empty: then the driver would take those of the environment.
    options: Object.entries(settings)
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(' '),
    keepAlive: true,
  });
  // What breaks later is told to whoever is waiting for an answer.
  client.on('error', () => undefined);
  const abort = (): void => void socket.destroy();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    await client.connect();
    return { client, socket };
  } catch (error) {
    socket.destroy();
    signal?.throwIfAborted();
    throw translateError(error);
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}
