import type { Socket } from 'node:net';
import mysql, { type Connection } from 'mysql2';
import { ConnectionError } from '../connection-error.ts';
import type { OpenOptions } from '../connector.ts';
import type { TlsOptions } from '../sql/database-url.ts';
import { PLAIN_AUTH_PLUGINS } from './auth-plugins.ts';
import type { MysqlConfig } from './config.ts';
import { translateError } from './translate-error.ts';

export interface OpenMysql {
  readonly connection: Connection;
  /** That of TCP, below the encryption. */
  readonly socket: Socket;
}

const TIMEOUT_MS = 10_000;

/**
 * Flags of the protocol that the driver sets by itself. Without LOCAL_FILES no server can ask for a file of this machine; without
 * FOUND_ROWS a row that is there and stays as it is does not count as written.
 */
const FLAGS = ['-LOCAL_FILES', '-FOUND_ROWS', '-IGNORE_SPACE'];

/** Connects and signs in. @throws ConnectionError */
export async function connectMysql(config: MysqlConfig, options: OpenOptions): Promise<OpenMysql> {
  const { dialer, secrets, timeoutMs = TIMEOUT_MS, signal } = options;
  const until = performance.now() + timeoutMs;
  const socket = await dialer.dial(config, { timeoutMs, signal });
  // An address is no name for SNI, so the driver tells TLS none, and the certificate would be compared with "localhost".
  Object.assign(socket, { _host: config.host });
  const { promise: failed, reject } = Promise.withResolvers<never>();
  const connection = mysql.createConnection({
    host: config.host,
    port: config.port,
    user: config.user,
    password: secrets.password ?? '',
    database: config.database,
    stream: socket,
    connectTimeout: Math.max(until - performance.now(), 1),
    charset: 'utf8mb4',
    flags: FLAGS,
    connectAttributes: { program_name: 'datamaker' },
    supportBigNumbers: true,
    bigNumberStrings: true,
    dateStrings: true,
    jsonStrings: true,
    rowsAsArray: true,
    // A question mark in a text is one: the driver puts nothing into statements.
    queryFormat: (text: string) => text,
    ...encryption(config.tls),
  });
  // What breaks later is told to whoever is waiting for an answer.
  connection.on('error', () => undefined);
  const abort = (): void => void socket.destroy();
  signal?.addEventListener('abort', abort, { once: true });
  const lost = (): void => reject(new ConnectionError('broken', 'the connection broke while signing in'));
  socket.once('close', lost);
  try {
    await Promise.race([
      failed,
      new Promise<void>((resolve, fail) => connection.connect((error) => (error === null ? resolve() : fail(error)))),
    ]);
    return { connection, socket };
  } catch (error) {
    socket.destroy();
    signal?.throwIfAborted();
    throw translateError(error);
  } finally {
    failed.catch(() => undefined);
    socket.off('close', lost);
    signal?.removeEventListener('abort', abort);
  }
}

/** How the connection is encrypted, and what a server may ask for then. */
function encryption({ mode, ca }: TlsOptions): Pick<mysql.ConnectionOptions, 'ssl' | 'authPlugins'> & object {
  if (mode === 'disable') return { authPlugins: { ...PLAIN_AUTH_PLUGINS } };
  const isChecked = mode !== 'require';
  return {
    ssl: {
      rejectUnauthorized: isChecked,
      // verify-ca: who answers has a certificate of the authority, in whatever name.
      verifyIdentity: mode === 'verify-full',
      ...(ca === undefined ? {} : { ca }),
    },
    // The password itself (PAM, LDAP) is for a server only that has shown who it is.
    ...(isChecked ? { enableCleartextPlugin: true } : {}),
  };
}
