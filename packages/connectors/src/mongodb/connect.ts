import type { LookupFunction, Socket } from 'node:net';
import { isIP } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { MongoClient, type MongoClientOptions } from 'mongodb';
import { ConnectionError } from '../connection-error.ts';
import type { OpenOptions } from '../connector.ts';
import type { Dialer, Target } from '../dial/dialer.ts';
import { tlsOf } from '../sql/tls.ts';
import type { MongoConfig } from './config.ts';
import { type Answered, findServer, lookUpService } from './find-server.ts';
import { translateError } from './translate-error.ts';

export interface OpenMongo extends Answered {
  readonly client: MongoClient;
}

const TIMEOUT_MS = 10_000;

/** Connects to the server that rows go to, and signs in. @throws ConnectionError */
export async function connectMongo(config: MongoConfig, options: OpenOptions): Promise<OpenMongo> {
  const { timeoutMs = TIMEOUT_MS, signal } = options;
  const until = performance.now() + timeoutMs;
  const [name] = config.hosts;
  signal?.throwIfAborted();
  const service = config.srv && name !== undefined ? await lookUpService(name.host) : { hosts: config.hosts };
  const whole: MongoConfig = {
    ...config,
    replicaSet: config.replicaSet ?? service.replicaSet,
    authSource: config.authSource ?? service.authSource,
  };
  return await findServer(whole, service.hosts, (target) => {
    const left = Math.max(until - performance.now(), 1);
    return openServer(whole, target, { ...options, timeoutMs: left });
  });
}

async function openServer(
  config: MongoConfig,
  target: Target,
  options: OpenOptions & { readonly timeoutMs: number },
): Promise<OpenMongo> {
  const { signal } = options;
  await tryOut(config, target, options);
  signal?.throwIfAborted();
  const host = target.host.includes(':') ? `[${target.host}]` : target.host;
  const client = new MongoClient(`mongodb://${host}:${target.port}/`, clientOptions(config, target, options));
  // Without somebody who listens an error would end the process.
  client.on('error', () => undefined);
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal?.reason);
  aborted.catch(() => undefined);
  signal?.addEventListener('abort', abort, { once: true });
  const close = (): Promise<void> => client.close().catch(() => undefined);
  try {
    await Promise.race([client.connect(), aborted]);
    const hello = await Promise.race([client.db('admin').command({ hello: 1 }), aborted]);
    return { client, hello, close };
  } catch (error) {
    void close();
    signal?.throwIfAborted();
    throw translateError(error);
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

/** Connects once by itself: the driver would try until its time is over, and would not say what is wrong. */
async function tryOut(
  { tls }: MongoConfig,
  target: Target,
  { dialer, timeoutMs, signal }: OpenOptions & { readonly timeoutMs: number },
): Promise<void> {
  const socket = await dialer.dial(target, { timeoutMs, signal });
  socket.on('error', () => undefined);
  const abort = (): void => void socket.destroy(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });
  try {
    const over = tlsOf(tls);
    if (over !== false) await shakeHands(socket, target, over, timeoutMs);
  } finally {
    signal?.removeEventListener('abort', abort);
    socket.destroy();
  }
  signal?.throwIfAborted();
}

async function shakeHands(socket: Socket, { host }: Target, over: object, timeoutMs: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const secure = connectTls({ socket, host, ...(isIP(host) === 0 ? { servername: host } : {}), ...over });
  secure.once('secureConnect', resolve);
  secure.on('error', reject);
  secure.once('close', () => reject(new ConnectionError('tls', 'the server broke off the agreement upon TLS')));
  secure.setTimeout(timeoutMs, () => reject(new ConnectionError('timeout', 'the server did not answer in time')));
  try {
    await promise;
  } catch (error) {
    if (error instanceof ConnectionError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new ConnectionError('tls', `TLS could not be agreed upon: ${code ?? message}`, {
      hint: 'add the certificate of the authority to the connection, or use the mode of TLS that the server offers',
      cause: error,
    });
  } finally {
    secure.destroy();
  }
}

function clientOptions(
  config: MongoConfig,
  target: Target,
  { dialer, secrets, timeoutMs }: OpenOptions & { readonly timeoutMs: number },
): MongoClientOptions {
  const { user, tls, authSource = 'admin', authMechanism, idleTimeoutMs } = config;
  const over = tlsOf(tls);
  const ms = Math.ceil(timeoutMs);
  return {
    appName: 'datamaker',
    // The driver follows no member by itself: which server it is has been found out, and each was checked.
    directConnection: true,
    // A session is one connection, and what is sent is sent once.
    maxPoolSize: 1,
    retryReads: false,
    retryWrites: false,
    serverMonitoringMode: 'poll',
    serverSelectionTimeoutMS: ms,
    connectTimeoutMS: ms,
    waitQueueTimeoutMS: ms,
    socketTimeoutMS: idleTimeoutMs,
    // 64-bit integers come as they are.
    useBigInt64: true,
    ...(user === undefined
      ? {}
      : {
          auth: { username: user, password: secrets.password ?? '' },
          authSource: authMechanism === 'PLAIN' ? '$external' : authSource,
          ...(authMechanism === undefined ? {} : { authMechanism }),
        }),
    tls: over !== false,
    ...(over as MongoClientOptions),
    lookup: checkedLookup(dialer, target),
  };
}

/**
 * Finds the addresses that the driver may connect to: it opens its sockets itself, each to one of those that are given here, which are
 * checked each time. An address instead of a name is not looked up; it was dialled before, and means the same for ever.
 */
export function checkedLookup(dialer: Pick<Dialer, 'addressesOf'>, { port }: Target): LookupFunction {
  return (host, { all, family }, done) => {
    dialer.addressesOf({ host, port }).then(
      (addresses) => {
        const found = addresses.map((address) => ({ address, family: isIP(address) }));
        const fit = found.filter((one) => !(family === 4 || family === 6) || one.family === family);
        const [first] = fit;
        if (all === true) done(null, fit);
        else if (first === undefined) done(new ConnectionError('dns', 'the host has no address of this family'), '');
        else done(null, first.address, first.family);
      },
      (error: Error) => done(error, ''),
    );
  };
}
