import type { Socket } from 'node:net';
import oracledb from 'oracledb';
import type { OpenOptions } from '../connector.ts';
import type { OracleConfig } from './config.ts';
import { dialled } from './dialled-transport.ts';
import { translateError } from './translate-error.ts';

export interface OpenOracle {
  readonly client: oracledb.Connection;
  /** That of TCP, below the encryption. */
  readonly socket: Socket;
}

const TIMEOUT_MS = 10_000;

/** Settings of every session, so that values have one form whatever the server's own are. */
export const SETTINGS = `
  ALTER SESSION SET NLS_NUMERIC_CHARACTERS = '.,' NLS_DATE_FORMAT = 'YYYY-MM-DD"T"HH24:MI:SS'
    NLS_TIMESTAMP_FORMAT = 'YYYY-MM-DD"T"HH24:MI:SS.FF9' NLS_TIMESTAMP_TZ_FORMAT = 'YYYY-MM-DD"T"HH24:MI:SS.FF9TZH:TZM'
    NLS_CALENDAR = 'GREGORIAN' NLS_LENGTH_SEMANTICS = 'CHAR' TIME_ZONE = '+00:00'`;

/** Connects and signs in. @throws ConnectionError */
export async function connectOracle(config: OracleConfig, options: OpenOptions): Promise<OpenOracle> {
  const { dialer, secrets, timeoutMs = TIMEOUT_MS, signal } = options;
  signal?.throwIfAborted();
  // The driver would look the name up by itself; an address it takes as it is.
  const [address = ''] = await dialer.addressesOf(config, { timeoutMs, signal });
  let socket: Socket | undefined;
  let isLate = false;
  let failure: { readonly error: unknown } | undefined;
  const how = {
    dialer,
    target: { host: config.host, port: config.port },
    tls: config.tls,
    timeoutMs,
    signal,
    onSocket: (opened: Socket): void => {
      socket = opened;
      if (isLate || signal?.aborted === true) opened.destroy();
    },
    onError: (error: unknown): void => {
      failure ??= { error };
    },
  };
  // Of an answer that never comes to its end, whatever the driver waits for.
  const timer = setTimeout(() => {
    isLate = true;
    socket?.destroy();
  }, timeoutMs);
  const abort = (): void => void socket?.destroy();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    const client = await dialled(how, () =>
      oracledb.getConnection({
        user: config.user,
        password: secrets.password ?? '',
        connectString: descriptorOf(config, address),
        // Not from a folder that the environment names.
        walletLocation: 'SYSTEM',
        connectTimeout: Math.ceil(timeoutMs / 1000),
        transportConnectTimeout: Math.ceil(timeoutMs / 1000),
        retryCount: 0,
        program: 'datamaker',
      } as oracledb.ConnectionAttributes),
    );
    await client.execute(SETTINGS);
    return { client, socket: socket as unknown as Socket };
  } catch (error) {
    socket?.destroy();
    signal?.throwIfAborted();
    const said = translateError(failure?.error ?? error);
    throw isLate && said.problem !== 'timeout'
      ? translateError(Object.assign(new Error('the server did not answer in time'), { code: 'NJS-510' }))
      : said;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

/** Names in it have no brackets (`parseOracle`), so nothing can be added to what it says. */
function descriptorOf({ port, service, isSid, tls }: OracleConfig, address: string): string {
  const protocol = tls.mode === 'disable' ? 'TCP' : 'TCPS';
  const place = `(ADDRESS=(PROTOCOL=${protocol})(HOST=${address})(PORT=${port}))`;
  return `(DESCRIPTION=${place}(CONNECT_DATA=(${isSid ? 'SID' : 'SERVICE_NAME'}=${service})))`;
}
