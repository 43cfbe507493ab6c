import { StreamError } from '../stream-error.ts';
import { httpTarget } from './http-sink.ts';
import { natsTarget } from './nats-sink.ts';
import { redisTarget } from './redis-sink.ts';
import type { Target } from './sink.ts';
import { ANSWER_MS } from './within.ts';

/** What a URL does not say of a target. */
export interface TargetOptions {
  /** Subject of NATS, key of Redis. */
  readonly topic?: string | undefined;
  /** Redis: about how many entries are kept. */
  readonly maxLength?: number | undefined;
  /** HTTP. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly contentType?: string;
  readonly atOnce?: number;
  /** How long an answer may take, in milliseconds; default: 30 seconds. */
  readonly answerMs?: number;
  /** What tells this stream from others, in ids of messages. */
  readonly stream: string;
}

const SCHEMES = ['http', 'https', 'nats', 'tls', 'redis', 'rediss'] as const;
type Scheme = (typeof SCHEMES)[number];

const PORTS = { nats: 4222, tls: 4222, redis: 6379, rediss: 6379 } as const;

/** The scheme of a URL; undefined for what is none. */
export const schemeOf = (text: string): string | undefined =>
  /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();

/**
 * The target that a URL names: nothing is opened yet.
 * @throws StreamError invalid_target
 */
export function openTarget(text: string, options: TargetOptions): Target {
  const scheme = SCHEMES.find((one) => one === schemeOf(text));
  if (scheme === undefined)
    throw invalid(
      'no target is named by such a URL',
      `it begins with one of ${SCHEMES.map((one) => `${one}://`).join(' ')}`,
    );
  const url = URL.parse(text);
  if (url === null || url.hostname === '') throw invalid(`that is no URL of ${scheme}`, `such as ${EXAMPLES[scheme]}`);
  const { stream, answerMs = ANSWER_MS } = options;
  const [user, password] = [url.username, url.password].map((part) => (part === '' ? undefined : decode(part)));
  if (scheme === 'http' || scheme === 'https') {
    const { headers = {}, contentType = 'application/json', atOnce = 1 } = options;
    const basic = Buffer.from(`${user ?? ''}:${password ?? ''}`).toString('base64');
    const login = user === undefined && password === undefined ? {} : { authorization: `Basic ${basic}` };
    url.username = '';
    url.password = '';
    const shown = url.origin + url.pathname.replace(/\/$/, '') + (url.search === '' ? '' : '?…');
    return httpTarget({ url, shown, contentType, headers: { ...login, ...headers }, atOnce, stream, answerMs });
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = url.port === '' ? PORTS[scheme] : Number(url.port);
  const shown = `${scheme}://${url.hostname}:${port}`;
  const topic = topicOf(options);
  const common = { host, port, user, password, shown, stream, answerMs };
  if (url.search !== '' || url.hash !== '')
    throw invalid('such a URL has nothing behind a ? or a #', `such as ${EXAMPLES[scheme]}`);
  if (scheme === 'nats' || scheme === 'tls') {
    if (!/^[^\s.*>]+(\.[^\s.*>]+)*$/.test(topic))
      throw invalid('rows are published to one subject, without * and >', 'such as orders.created');
    if (url.pathname !== '' && url.pathname !== '/')
      throw invalid('a subject does not stand in the URL', 'name it with --topic');
    return natsTarget({ ...common, isTls: scheme === 'tls', subject: topic });
  }
  const [, database] = /^\/?(\d{0,4})$/.exec(url.pathname) ?? [];
  if (database === undefined)
    throw invalid('the path of such a URL is the number of a database', 'name the stream with --topic');
  const { maxLength } = options;
  return redisTarget({ ...common, isTls: scheme === 'rediss', database: Number(database), key: topic, maxLength });
}

const EXAMPLES: Readonly<Record<Scheme, string>> = {
  http: 'http://127.0.0.1:8080/events',
  https: 'https://example.org/events',
  nats: 'nats://127.0.0.1:4222',
  tls: 'tls://nats.example.org:4222',
  redis: 'redis://127.0.0.1:6379/0',
  rediss: 'rediss://redis.example.org:6379/0',
};

const invalid = (message: string, hint: string): StreamError => new StreamError('invalid_target', message, { hint });

function topicOf({ topic }: TargetOptions): string {
  if (topic !== undefined && topic !== '') return topic;
  throw invalid('where rows go to there is not named', 'add --topic: the subject of NATS, the stream of Redis');
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalid('a % in the name or the password is not written as %25', 'write it so');
  }
}
