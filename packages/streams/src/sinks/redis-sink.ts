import type { Message } from '../messages/message.ts';
import { StreamError } from '../stream-error.ts';
import { loadClient } from './load-client.ts';
import type { Sink, Target } from './sink.ts';
import { within } from './within.ts';

export interface RedisSettings {
  readonly host: string;
  readonly port: number;
  readonly isTls: boolean;
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly database: number;
  /** The name of the stream. */
  readonly key: string;
  /** About how many entries are kept, the newest (`MAXLEN ~`); undefined: all. */
  readonly maxLength: number | undefined;
  readonly shown: string;
  /** What tells streams of rows apart: each entry has an id by which readers know one that comes twice. */
  readonly stream: string;
  /** How long an answer may take. */
  readonly answerMs: number;
}

type Client = ReturnType<typeof import('@redis/client').createClient>;

const CONNECT_MS = 10_000;
/** Errors of Redis that pass: it starts, is full, fails over. All others say that the entry, the key or the login is refused. */
const PASSING = /^(OOM|LOADING|BUSY|READONLY|MASTERDOWN|TRYAGAIN|CLUSTERDOWN|NOREPLICAS|MISCONF)\b/;

/** `XADD` for each message, with the fields `id` and `row`; its answer acknowledges it. */
export function redisTarget(settings: RedisSettings): Target {
  return { shown: settings.shown, open: () => open(settings) };
}

async function open(settings: RedisSettings): Promise<Sink> {
  const { createClient } = await loadClient(() => import('@redis/client'), '@redis/client');
  const { host, port, isTls, user, password, database, shown, answerMs } = settings;
  const connectTimeout = Math.min(CONNECT_MS, answerMs);
  const place = { host, port, connectTimeout, reconnectStrategy: false } as const;
  const client = createClient({
    // What every version of Redis speaks.
    RESP: 2,
    socket: isTls ? { ...place, tls: true, servername: host } : place,
    ...(user === undefined ? {} : { username: user }),
    ...(password === undefined ? {} : { password }),
    database,
    disableOfflineQueue: true,
  }) as unknown as Client;
  // Whoever waits for an answer hears of it.
  client.on('error', () => undefined);
  try {
    await within(client.connect(), shown, connectTimeout);
  } catch (error) {
    drop(client);
    throw toStreamError(error, shown);
  }
  return new RedisSink(client, settings);
}

class RedisSink implements Sink {
  readonly #client: Client;
  readonly #settings: RedisSettings;

  constructor(client: Client, settings: RedisSettings) {
    this.#client = client;
    this.#settings = settings;
  }

  async send(messages: readonly Message[], acknowledged: (message: Message) => void): Promise<void> {
    const { key, maxLength, shown, stream, answerMs } = this.#settings;
    const trim =
      maxLength === undefined
        ? {}
        : { TRIM: { strategy: 'MAXLEN', strategyModifier: '~', threshold: maxLength } as const };
    // All at once on one connection: they are written together, and answered in order.
    const answers = messages.map(async (message) => {
      const row = Buffer.from(message.bytes.buffer, message.bytes.byteOffset, message.bytes.byteLength);
      await this.#client.xAdd(key, '*', { id: `${stream}-${message.from}`, row }, trim);
      acknowledged(message);
    });
    const all = Promise.allSettled(answers);
    const settled = await within(all, shown, answerMs).catch(async (error: unknown) => {
      drop(this.#client);
      await all;
      throw error;
    });
    const failed = settled.find((one) => one.status === 'rejected');
    if (failed === undefined) return;
    // Where Redis has answered with an error, the entry is not there.
    const doubtful = messages.filter(
      (_, at) => settled[at]?.status === 'rejected' && answerOf(settled[at].reason) === '',
    );
    throw toStreamError(failed.reason, shown, doubtful);
  }

  async close(): Promise<void> {
    drop(this.#client);
  }
}

function drop(client: Client): void {
  try {
    client.destroy();
  } catch {
    // It is closed already.
  }
}

/** The first word of an error that Redis has answered with, in capitals; empty for one of the connection. */
function answerOf(error: unknown): string {
  const { message, code } = error as NodeJS.ErrnoException;
  return code === undefined ? (/^[A-Z]{2,}\b/.exec(message ?? '')?.[0] ?? '') : '';
}

function toStreamError(error: unknown, shown: string, doubtful?: readonly Message[]): StreamError {
  if (error instanceof StreamError) return error;
  const { message, code, name } = error as NodeJS.ErrnoException;
  const unsaid = doubtful === undefined ? {} : { doubtful };
  const word = answerOf(error);
  if (word !== '' && !PASSING.test(message)) {
    return new StreamError('target_refused', `${shown} refuses it: ${word}`, {
      hint: HINTS[word] ?? LOOK,
      ...unsaid,
      cause: error,
    });
  }
  const why = code ?? (word === '' ? name : word);
  return new StreamError('target_unreachable', `${shown} does not take it: ${why}`, {
    mayPass: true,
    ...unsaid,
    cause: error,
  });
}

const LOOK = 'look at its version, and what the user may do there';
const HINTS: Readonly<Record<string, string>> = {
  WRONGTYPE: 'what is under this name is no stream: choose another --topic',
  NOAUTH: 'it wants a password: redis://:password@host, or redis://user:password@host',
  WRONGPASS: 'the name or the password is not right',
  NOPERM: 'the user may not XADD there',
};
