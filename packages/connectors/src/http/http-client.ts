import { CookieJar } from 'tough-cookie';
import { Agent, request as send } from 'undici';
import { ConnectionError } from '../connection-error.ts';
import type { OpenOptions, SystemCall } from '../connector.ts';
import type { Dialer } from '../dial/dialer.ts';
import type { Authenticator, Send } from './auth/authenticator.ts';
import { wait, waitBefore } from './backoff.ts';
import { shown } from './base-url.ts';
import { dialConnector } from './dial-connector.ts';
import type { HttpOptions } from './http-options.ts';
import { type HttpAnswer, type HttpRequest, isRepeatable, isTurnedAway } from './http-request.ts';
import { RateCap } from './rate-cap.ts';
import { ENCODINGS, readBody } from './read-body.ts';
import { translateError } from './translate-error.ts';

export interface HttpClientOptions extends Omit<HttpOptions, 'tls'> {
  readonly dialer: Dialer;
  readonly tls?: HttpOptions['tls'] | undefined;
  /** Whether cookies are kept and sent back to where they came from. */
  readonly cookies?: boolean;
  readonly onCall?: OpenOptions['onCall'];
  /** What holds until the first good answer: who opens a session asks for nothing yet, and may give up all the same. */
  readonly opening?: { readonly signal?: AbortSignal | undefined; readonly timeoutMs?: number | undefined } | undefined;
}

/** How many times a request is led elsewhere. */
const MOST_HOPS = 3;
/** How often a secret in the URL of a redirect may be percent-encoded, and is still seen. */
const MOST_ENCODED = 4;
const AGENT = 'datamaker';

/**
 * Asks systems over HTTP: through the dialer, signed, no faster than allowed, again after a pause where that does no harm, and
 * with limits to how long and how large answers are.
 */
export class HttpClient {
  readonly #options: HttpClientOptions;
  readonly #agent: Agent;
  readonly #cap: RateCap;
  readonly #jar: CookieJar | undefined;
  /** Errors of requests of which nothing was sent. */
  readonly #unsent = new WeakSet<object>();
  readonly #authenticator: Authenticator | undefined;
  #hasAnswered = false;

  /** @param authenticate makes what signs requests, given a way to send some that are not signed */
  constructor(options: HttpClientOptions, authenticate?: (send: Send) => Authenticator) {
    const { dialer, concurrency, timeoutSeconds, requestsPerSecond, cookies = false } = options;
    this.#options = options;
    this.#cap = new RateCap(requestsPerSecond);
    this.#jar = cookies ? new CookieJar(undefined, { rejectPublicSuffixes: false }) : undefined;
    const dialMs = Math.min(timeoutSeconds * 900, 15_000);
    this.#agent = new Agent({
      connect: dialConnector(dialer, options.tls ?? { mode: 'verify-full' }, dialMs, (error) =>
        this.#unsent.add(error),
      ),
      connections: concurrency,
      pipelining: 1,
    });
    this.#authenticator = authenticate?.((request) => this.#persist(request, (one) => this.#once(one)));
  }

  /**
   * Sends a request and reads the answer, whatever its status is.
   * @throws ConnectionError when there is none; unknown_outcome when the request may have done its work without telling
   */
  send(request: HttpRequest): Promise<HttpAnswer> {
    const { headers } = this.#options;
    return this.#persist({ ...request, headers: { ...headers, ...request.headers } }, (one) => this.#told(one));
  }

  async #told(request: HttpRequest): Promise<HttpAnswer> {
    const { onCall } = this.#options;
    if (onCall === undefined) return this.#signed(request);
    const { method, url } = request;
    const tell = (outcome: SystemCall['outcome']): void => onCall({ method, path: url.pathname, outcome });
    try {
      const answer = await this.#signed(request);
      tell(answer.status);
      return answer;
    } catch (error) {
      if (error instanceof ConnectionError) tell(error.problem);
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  async #persist(request: HttpRequest, attempt: Send): Promise<HttpAnswer> {
    const mayRepeat = isRepeatable(request);
    for (let count = 1; ; count++) {
      const isLast = count > this.#options.retries;
      let retryAfter: string | undefined;
      try {
        const answer = await attempt(request);
        const { status } = answer;
        retryAfter = answer.headers['retry-after'];
        const isWorthIt = isTurnedAway(answer) || (mayRepeat && [408, 500, 502, 503, 504].includes(status));
        if (isLast || !isWorthIt || waitBefore(count, retryAfter) === undefined) return answer;
      } catch (error) {
        const isWorthIt =
          error instanceof ConnectionError && error.isTransient && (mayRepeat || this.#unsent.has(error));
        if (isLast || !isWorthIt) {
          throw mayRepeat || !(error instanceof ConnectionError) || this.#unsent.has(error)
            ? error
            : unknownOutcome(error);
        }
      }
      await wait(waitBefore(count, retryAfter) ?? 0, request.signal);
    }
  }

  async #signed(request: HttpRequest): Promise<HttpAnswer> {
    const authenticator = this.#authenticator;
    if (authenticator === undefined) return this.#once(request);
    const signed = async (): Promise<HttpAnswer> => {
      const { headers, query } = await authenticator.sign(request.signal).catch((error: object) => {
        this.#unsent.add(error);
        throw error;
      });
      const url = withQuery(request.url, query);
      return this.#once({ ...request, url, headers: { ...request.headers, ...headers } }, query);
    };
    const answer = await signed();
    return answer.status === 401 && authenticator.renew() ? signed() : answer;
  }

  /** With redirects: each hop is dialled anew, and what belongs to one origin is not taken to another. */
  async #once(request: HttpRequest, secrets: Readonly<Record<string, string>> = {}): Promise<HttpAnswer> {
    let { url, headers = {} } = request;
    for (let hop = 0; ; hop++) {
      const answer = await this.#exchange({ ...request, url, headers });
      const { location } = answer.headers;
      if (![301, 302, 303, 307, 308].includes(answer.status) || location === undefined) return answer;
      const next = URL.parse(location, url.href);
      const isReading = request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS';
      // A browser would make a GET of it, and rows that were sent would be nowhere.
      if (!isReading && answer.status < 304) return answer;
      if (next === null || !/^https?:$/.test(next.protocol)) throw lost(url, 'to something that is not HTTP');
      if (hop === MOST_HOPS) throw lost(url, `more than ${MOST_HOPS} times`);
      if (next.origin !== url.origin) {
        if (request.body !== undefined || !isReading) throw lost(url, `with what was sent to ${next.origin}`);
        // Hosts that lead to their other name often take the query along.
        if (carries(next, secrets)) throw lost(url, `with the key of the connection, to ${next.origin}`);
        headers = request.headers?.['accept'] === undefined ? {} : { accept: request.headers['accept'] };
        next.username = '';
        next.password = '';
      }
      url = next;
    }
  }

  async #exchange({ method, url, headers, body, signal: given }: HttpRequest): Promise<HttpAnswer> {
    const opening = this.#hasAnswered ? undefined : this.#options.opening;
    const signal = given && opening?.signal ? AbortSignal.any([given, opening.signal]) : (given ?? opening?.signal);
    if (this.#options.requestsPerSecond !== undefined) await this.#cap.turn(signal);
    signal?.throwIfAborted();
    const { timeoutSeconds, responseLimitMib } = this.#options;
    const most = Math.min(timeoutSeconds * 1000, opening?.timeoutMs ?? Number.POSITIVE_INFINITY);
    const until = performance.now() + most;
    // What is not there is not waited for: each turn of the queue counts with many small requests.
    const cookie = this.#jar === undefined ? '' : await this.#jar.getCookieString(url.href);
    try {
      const answer = await send(url, {
        dispatcher: this.#agent,
        method: method as 'GET',
        headers: {
          'user-agent': AGENT,
          'accept-encoding': ENCODINGS,
          ...headers,
          ...(cookie === '' ? {} : { cookie }),
        },
        body: body ?? null,
        // Undici's own timers, since a signal with a timeout for each request costs as much as the request.
        headersTimeout: most,
        bodyTimeout: most,
        ...(signal === undefined ? {} : { signal }),
      });
      const rest = answer.headers;
      if (this.#jar !== undefined) {
        for (const one of [rest['set-cookie'] ?? []].flat()) {
          await this.#jar.setCookie(one, url.href, { ignoreError: true });
        }
      }
      delete rest['set-cookie'];
      const known = rest as Record<string, string | undefined>;
      for (const name in rest) if (Array.isArray(rest[name])) known[name] = rest[name][0];
      const hasBody = method !== 'HEAD' && answer.statusCode !== 204 && answer.statusCode !== 304;
      const limit = responseLimitMib * 1024 * 1024;
      const bytes = await readBody(answer.body, hasBody ? known['content-encoding'] : undefined, limit, until);
      this.#hasAnswered ||= answer.statusCode < 400;
      return { status: answer.statusCode, headers: known, body: bytes, url };
    } catch (error) {
      signal?.throwIfAborted();
      throw translateError(error, url.origin);
    }
  }
}

/** With other parameters in place of those of the same name. What else is in the query stays as it is written: a plus sign is no blank everywhere. */
function withQuery(url: URL, query: Readonly<Record<string, string>>): URL {
  const given = Object.entries(query);
  if (given.length === 0) return url;
  const others = url.search
    .replace(/^\?/, '')
    .split('&')
    .filter((part) => part !== '' && !Object.hasOwn(query, [...new URLSearchParams(part).keys()][0] ?? ''));
  const made = new URL(url);
  const added = given.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  made.search = [...others, ...added].join('&');
  return made;
}

/** Whether a URL has a parameter that signs requests, or the value of one anywhere, however often it is encoded. */
function carries(url: URL, secrets: Readonly<Record<string, string>>): boolean {
  const given = Object.entries(secrets).filter(([, value]) => value !== '');
  if (given.some(([name]) => url.searchParams.has(name))) return true;
  let text = url.href;
  for (let turn = 0; ; turn++) {
    if (given.some(([, value]) => text.includes(value) || text.replaceAll('+', ' ').includes(value))) return true;
    const next = text.replace(/(?:%[0-9a-f]{2})+/gi, (part) => Buffer.from(part.replaceAll('%', ''), 'hex').toString());
    if (next === text || turn === MOST_ENCODED) return false;
    text = next;
  }
}

const unknownOutcome = (error: ConnectionError): ConnectionError =>
  new ConnectionError('unknown_outcome', `${error.message}: whether it had done its work is not known`, {
    hint: 'look into the system before you send the same again',
    cause: error,
  });

const lost = (url: URL, how: string): ConnectionError =>
  new ConnectionError('protocol', `${shown(url)} leads elsewhere ${how}`, {
    hint: 'use the URL that it leads to, if you trust it',
  });
