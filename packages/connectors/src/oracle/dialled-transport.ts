import { AsyncLocalStorage } from 'node:async_hooks';
import { createRequire } from 'node:module';
import { isIP, type Socket } from 'node:net';
import { checkServerIdentity, connect as connectTls, type SecureContext, type TLSSocket } from 'node:tls';
import { ConnectionError } from '../connection-error.ts';
import type { Dialer, Target } from '../dial/dialer.ts';
import type { TlsOptions } from '../sql/database-url.ts';
import { tlsOf } from '../sql/tls.ts';

/** How connections of the driver are opened within `dialled`. */
export interface Dialling {
  readonly dialer: Dialer;
  readonly target: Target;
  readonly tls: TlsOptions;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  /** Told of each socket of TCP: a listener may send on to another host. */
  readonly onSocket: (socket: Socket) => void;
  /** Told why a connection was not opened: the driver keeps the text of it only. */
  readonly onError: (error: unknown) => void;
}

/** What the driver has below its protocol. */
interface Transport {
  readonly hostName: string;
  connected: boolean;
  stream: Socket | TLSSocket;
  connStream: Socket;
}

interface TransportClass {
  readonly prototype: {
    ntConnect(this: Transport, address: DriverAddress): Promise<void>;
    tlsConnect(this: Transport, context: SecureContext, socket: Socket): Promise<void>;
  };
}

interface DriverAddress {
  readonly host: string;
  readonly port: number;
  /** Of a target that a listener has sent on to: where it was sent on from. */
  readonly originHost?: string;
}

const VERSION = '26.0.0';
const dialling = new AsyncLocalStorage<Dialling>();
let isPrepared = false;

/**
 * Runs what opens a connection of `oracledb`, each socket of which comes from the dialer. The driver takes no socket, and what listens may send it on to any
 * host: a forwarder on this machine would let that by, and would be open to others on it. So the two methods in which it opens TCP and TLS are ours
 * while it opens a connection of ours, and its own for everybody else in the process.
 * @throws ConnectionError driver_missing, for a version of the driver in which that was not tried
 */
export function dialled<T>(how: Dialling, run: () => Promise<T>): Promise<T> {
  prepare();
  return dialling.run(how, run);
}

function prepare(): void {
  if (isPrepared) return;
  const require = createRequire(import.meta.url);
  const { version } = require('oracledb/package.json') as { readonly version: string };
  if (version !== VERSION) {
    throw new ConnectionError('driver_missing', `version ${version} of oracledb is installed, and not ${VERSION}`, {
      hint: `npm install oracledb@${VERSION}`,
    });
  }
  const { prototype } = require('oracledb/lib/thin/sqlnet/ntTcp.js') as TransportClass;
  const { ntConnect, tlsConnect } = prototype;
  prototype.ntConnect = function (address) {
    const how = dialling.getStore();
    return how === undefined ? ntConnect.call(this, address) : dial(this, address, how);
  };
  prototype.tlsConnect = function (context, socket) {
    const how = dialling.getStore();
    return how === undefined ? tlsConnect.call(this, context, socket) : encrypt(this, socket, how);
  };
  isPrepared = true;
}

async function dial(transport: Transport, address: DriverAddress, how: Dialling): Promise<void> {
  const { dialer, target, timeoutMs, signal, onSocket, onError } = how;
  const to = address.originHost === undefined ? target : { host: address.host, port: Number(address.port) };
  try {
    const socket = await dialer.dial(to, { timeoutMs, signal });
    onSocket(socket);
    transport.stream = socket;
    transport.connected = true;
  } catch (error) {
    onError(error);
    throw error;
  }
}

/** Also after the handshake, when a listener hands the connection to another process of the server. */
async function encrypt(transport: Transport, socket: Socket, { tls, target, onError }: Dialling): Promise<void> {
  const secure = connectTls({
    socket,
    ...(isIP(target.host) === 0 ? { servername: target.host } : {}),
    host: target.host,
    // Who was sent on to answers in its own name, or in that of who has sent on.
    checkServerIdentity: (_name, certificate) => {
      const problem = checkServerIdentity(target.host, certificate);
      return problem === undefined ? undefined : checkServerIdentity(transport.hostName, certificate) && problem;
    },
    ...tlsOf(tls),
  });
  try {
    await new Promise<void>((resolve, reject) => {
      secure.once('secureConnect', resolve);
      secure.once('error', reject);
      socket.once('close', () => reject(new Error('the connection was closed')));
    });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const said = new ConnectionError('tls', `the encrypted connection could not be agreed upon: ${code ?? message}`, {
      hint: 'give the certificate of the authority in options.tls.ca, or take the mode of TLS that the server offers',
      cause: error,
    });
    onError(said);
    throw said;
  }
  transport.connStream = socket;
  transport.stream = secure;
}
