import type { NatsConnection } from '@nats-io/transport-node';
import type { Message } from '../messages/message.ts';
import { StreamError } from '../stream-error.ts';
import { loadClient } from './load-client.ts';
import type { Sink, Target } from './sink.ts';
import { within } from './within.ts';

export interface NatsSettings {
  readonly host: string;
  readonly port: number;
  readonly isTls: boolean;
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly subject: string;
  readonly shown: string;
  /** What tells streams apart: each message has an id by which JetStream knows one that comes twice. */
  readonly stream: string;
  /** How long an answer may take. */
  readonly answerMs: number;
}

type Client = typeof import('@nats-io/transport-node');

const CONNECT_MS = 10_000;
/** Errors of the client after which asking again helps nothing. */
const FINAL = [
  'AuthorizationError',
  'UserAuthenticationExpiredError',
  'PermissionViolationError',
  'InvalidSubjectError',
];

/**
 * Publishes to a subject. A round trip behind the messages (`flush`) says that the server has them; subscribers are its affair. The client never
 * reconnects by itself: it would hold messages of which nobody knows.
 */
export function natsTarget(settings: NatsSettings): Target {
  return { shown: settings.shown, open: () => open(settings) };
}

async function open(settings: NatsSettings): Promise<Sink> {
  const { host, port, isTls, user, password, shown, answerMs } = settings;
  const client = await loadClient<Client>(() => import('@nats-io/transport-node'), '@nats-io/transport-node');
  const credentials = user === undefined ? {} : password === undefined ? { token: user } : { user, pass: password };
  try {
    const connection = await client.connect({
      servers: `${host.includes(':') ? `[${host}]` : host}:${port}`,
      ...credentials,
      ...(isTls ? { tls: {} } : {}),
      name: 'datamaker',
      reconnect: false,
      noEcho: true,
      timeout: Math.min(CONNECT_MS, answerMs),
    });
    return new NatsSink(client, connection, settings);
  } catch (error) {
    throw toStreamError(error, shown);
  }
}

class NatsSink implements Sink {
  readonly #client: Client;
  readonly #connection: NatsConnection;
  readonly #settings: NatsSettings;
  #trouble: unknown;
  /** Why the connection is no more. */
  #lost: unknown;
  /** Ends the turn that waits. */
  #lose: ((error: unknown) => void) | undefined;

  constructor(client: Client, connection: NatsConnection, settings: NatsSettings) {
    this.#client = client;
    this.#connection = connection;
    this.#settings = settings;
    void this.#listen();
    // Once for all turns: each that asked would stay in memory as long as the connection.
    void connection.closed().then((error) => {
      this.#lost = error ?? new Error('the connection was closed');
      this.#lose?.(this.#lost);
    });
  }

  async send(messages: readonly Message[], acknowledged: (message: Message) => void): Promise<void> {
    const { subject, shown, stream, answerMs } = this.#settings;
    const connection = this.#connection;
    const { max_payload: most = Number.POSITIVE_INFINITY, headers: hasHeaders } = connection.info ?? {};
    const sent: Message[] = [];
    let refused: StreamError | undefined;
    try {
      for (const message of messages) {
        const headers = hasHeaders === true ? this.#client.headers() : undefined;
        headers?.set('Nats-Msg-Id', `${stream}-${message.from}`);
        const size = message.bytes.length + (headers === undefined ? 0 : HEADER_ROOM);
        if (size > most) {
          refused = tooLarge(message, most, shown);
          break;
        }
        connection.publish(subject, message.bytes, headers === undefined ? {} : { headers });
        sent.push(message);
      }
      // Messages that are lost with a connection are not on the server, whatever was written.
      if (this.#lost !== undefined) throw this.#lost;
      const lost = new Promise<never>((_, reject) => {
        this.#lose = reject;
      });
      await within(Promise.race([connection.flush(), lost]), shown, answerMs);
      if (this.#trouble !== undefined) throw this.#trouble;
    } catch (error) {
      throw toStreamError(this.#trouble ?? error, shown);
    } finally {
      this.#lose = undefined;
    }
    for (const message of sent) acknowledged(message);
    if (refused !== undefined) throw refused;
  }

  async close(): Promise<void> {
    await this.#connection.close().catch(() => undefined);
  }

  /** What the server refuses comes beside: before the answer to `flush`, since it answers in order. */
  async #listen(): Promise<void> {
    for await (const status of this.#connection.status()) {
      if (status.type === 'error') this.#trouble ??= status.error;
    }
  }
}

/** What headers with the id of a message take, at most. */
const HEADER_ROOM = 128;

function tooLarge({ from, bytes }: Message, most: number, shown: string): StreamError {
  const message = `row ${from} has ${bytes.length} bytes, and ${shown} takes ${most} at most`;
  const hint = `make rows smaller, raise max_payload there, or leave this one out: --from ${from + 1}`;
  return new StreamError('row_too_large', message, { hint, doubtful: [] });
}

function toStreamError(error: unknown, shown: string): StreamError {
  if (error instanceof StreamError) return error;
  const { name, message, code } = error as NodeJS.ErrnoException;
  if (FINAL.includes(name)) {
    const hint = 'look at the name, the password and what they may publish to';
    return new StreamError('target_refused', `${shown} refuses it: ${name}`, { hint, cause: error });
  }
  return new StreamError('target_unreachable', `${shown} is not there: ${code ?? message}`, {
    mayPass: true,
    cause: error,
  });
}
