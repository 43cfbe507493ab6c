import { lookup } from 'node:dns/promises';
import { connect, isIP, type Socket } from 'node:net';
import { ConnectionError } from '../connection-error.ts';
import type { OutboundPolicy } from './outbound-policy.ts';

/** Where to connect to. */
export interface Target {
  /** A name or an address; an IPv6 address with or without brackets. */
  readonly host: string;
  readonly port: number;
}

/** Finds all addresses of a name. @throws Error with a code of `dns` */
export type Resolve = (host: string) => Promise<readonly string[]>;

export interface DialOptions {
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
}

const TIMEOUT_MS = 10_000;
/** Before the next address of a name is tried. */
const MOST_ADDRESSES = 8;

/**
 * The one way out: every connection to somebody else's system is opened here. A name is looked up once, all of its addresses
 * are checked, and one of those is connected to; nothing looks the name up again, so it cannot mean another address by then.
 */
export class Dialer {
  readonly #policy: OutboundPolicy;
  readonly #resolve: Resolve;

  constructor(policy: OutboundPolicy, resolve: Resolve = allAddresses) {
    this.#policy = policy;
    this.#resolve = resolve;
  }

  /** The addresses of a target, all of which may be connected to. @throws ConnectionError dns, target_not_allowed, timeout */
  async addressesOf(
    { host, port }: Target,
    { timeoutMs = TIMEOUT_MS, signal }: DialOptions = {},
  ): Promise<readonly string[]> {
    const name = host.replace(/^\[(.*)\]$/, '$1');
    if (!/^[\p{L}\p{N}._:-]{1,253}$/u.test(name) || !Number.isInteger(port) || port < 1 || port > 65_535) {
      throw new ConnectionError(
        'invalid_config',
        'a target is the name or address of a host, and a port from 1 to 65535',
      );
    }
    const found = isIP(name) === 0 ? await inTime(this.#lookUp(name), timeoutMs, signal) : [name];
    for (const address of found) {
      const problem = this.#policy.problemOf(address, port);
      if (problem === undefined) continue;
      throw new ConnectionError('target_not_allowed', `connections to ${say({ host: name, port })} are not allowed`, {
        hint: 'it is on a network that is closed to connections; the operator of the server can open it with DATAMAKER_ALLOW_PRIVATE_TARGETS',
      });
    }
    return found;
  }

  /**
   * Connects to a target.
   * @returns a connected socket, without encryption
   * @throws ConnectionError dns, target_not_allowed, refused, timeout, invalid_config; the signal's reason
   */
  async dial(target: Target, options: DialOptions = {}): Promise<Socket> {
    const { timeoutMs = TIMEOUT_MS, signal } = options;
    const until = performance.now() + timeoutMs;
    const addresses = await this.addressesOf(target, options);
    let last: unknown;
    for (const [i, address] of addresses.entries()) {
      const left = until - performance.now();
      // Each gets a fair part of the time: the first may be one that swallows packets.
      const share = i === addresses.length - 1 ? left : Math.max(left / 2, 250);
      try {
        return await this.#open(address, target.port, Math.min(left, share), signal);
      } catch (error) {
        signal?.throwIfAborted();
        last = error;
      }
    }
    throw asDialError(last, target);
  }

  async #open(address: string, port: number, timeoutMs: number, signal: AbortSignal | undefined): Promise<Socket> {
    const socket = connect({ host: address, port, noDelay: true, keepAlive: true });
    const opened = new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    try {
      await inTime(opened, timeoutMs, signal);
    } catch (error) {
      // What comes after is of no interest, and must not bring the process down.
      socket.on('error', () => undefined);
      socket.destroy();
      throw error;
    }
    // What it is connected to is what counts.
    const problem = this.#policy.problemOf(socket.remoteAddress ?? '', port);
    if (problem === undefined) return socket;
    socket.destroy();
    throw new ConnectionError('target_not_allowed', `connections to ${address} are not allowed`);
  }

  async #lookUp(name: string): Promise<readonly string[]> {
    let found: readonly string[];
    try {
      found = (await this.#resolve(name)).slice(0, MOST_ADDRESSES);
    } catch (error) {
      throw unknownHost(name, error);
    }
    if (found.length === 0) throw unknownHost(name);
    return found;
  }
}

const allAddresses: Resolve = async (host) => (await lookup(host, { all: true })).map(({ address }) => address);

/** @throws ConnectionError timeout, when it takes longer; the signal's reason */
async function inTime<T>(promise: Promise<T>, ms: number, signal: AbortSignal | undefined): Promise<T> {
  signal?.throwIfAborted();
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new ConnectionError('timeout', 'there was no answer in time')),
    Math.max(ms, 1),
  );
  const abort = (): void => reject(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });
  promise.catch(() => undefined);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

const say = ({ host, port }: Target): string => `${host.includes(':') ? `[${host}]` : host}:${port}`;

const unknownHost = (name: string, cause?: unknown): ConnectionError =>
  new ConnectionError('dns', `there is no host with the name ${name}`, {
    hint: 'check how the name is written, and whether this server can look it up',
    cause,
  });

function asDialError(error: unknown, target: Target): ConnectionError {
  if (error instanceof ConnectionError && error.problem !== 'timeout') return error;
  const { code } = (error ?? {}) as NodeJS.ErrnoException;
  if (error instanceof ConnectionError || code === 'ETIMEDOUT') {
    return new ConnectionError('timeout', `${say(target)} did not answer in time`, {
      hint: 'check the host and the port, and whether a firewall is in between',
      cause: error,
    });
  }
  return new ConnectionError('refused', `${say(target)} cannot be reached (${code ?? 'it was refused'})`, {
    hint: 'check the port, and whether the system runs and lets this server in',
    cause: error,
  });
}
