import type { Message } from '../messages/message.ts';
import { StreamError } from '../stream-error.ts';
import type { Sink, Target } from './sink.ts';

export interface HttpSettings {
  readonly url: URL;
  readonly shown: string;
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Requests that are on their way at once. */
  readonly atOnce: number;
  /** What tells streams apart: requests with the same rows have one key, however often they are sent. */
  readonly stream: string;
  /** How long an answer may take. */
  readonly answerMs: number;
}

/** Statuses after which the same request may go well: RFC 9110 and RFC 6585. */
const MAY_PASS = new Set([408, 425, 429, 500, 502, 503, 504]);
const MOST_PAUSE_MS = 60_000;
/** Errors of connections that were never made. */
const UNSENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** POST with a message as its body; an answer of 2xx acknowledges it. Redirections are not followed: they would lead rows elsewhere. */
export function httpTarget(settings: HttpSettings): Target {
  return { shown: settings.shown, open: async () => new HttpSink(settings) };
}

class HttpSink implements Sink {
  readonly #settings: HttpSettings;

  constructor(settings: HttpSettings) {
    this.#settings = settings;
  }

  async send(messages: readonly Message[], acknowledged: (message: Message) => void, stop: AbortSignal): Promise<void> {
    let at = 0;
    const doubtful: Message[] = [];
    let failure: StreamError | undefined;
    const work = async (): Promise<void> => {
      for (;;) {
        const message = messages[at];
        if (message === undefined || failure !== undefined || stop.aborted) return;
        at += 1;
        try {
          await this.#post(message);
          acknowledged(message);
        } catch (error) {
          if (!(error instanceof StreamError)) throw error;
          doubtful.push(...(error.doubtful ?? [message]));
          failure ??= error;
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(this.#settings.atOnce, messages.length) }, work));
    if (failure === undefined) return;
    const { code, message, hint, mayPass, pauseMs, cause } = failure;
    throw new StreamError(code, message, {
      ...(hint === undefined ? {} : { hint }),
      mayPass,
      pauseMs,
      doubtful,
      cause,
    });
  }

  async close(): Promise<void> {}

  async #post(message: Message): Promise<void> {
    const { url, contentType, headers, shown, stream, answerMs } = this.#settings;
    let answer: Response;
    try {
      answer = await fetch(url, {
        method: 'POST',
        redirect: 'manual',
        headers: {
          'content-type': contentType,
          'idempotency-key': `${stream}-${message.from}-${message.to}`,
          ...headers,
        },
        body: message.bytes as Uint8Array<ArrayBuffer>,
        signal: AbortSignal.timeout(answerMs),
      });
    } catch (error) {
      throw unreachable(error, shown, answerMs);
    }
    // What it says is of no interest; the connection is wanted again.
    await drain(answer);
    if (answer.ok) return;
    const what = `${shown} has answered with ${answer.status}`;
    if (MAY_PASS.has(answer.status)) {
      throw new StreamError('target_unreachable', what, { mayPass: true, pauseMs: askedPause(answer) });
    }
    throw new StreamError('target_refused', `${what} to row ${message.from}`, {
      hint: hintOf(answer.status),
      doubtful: [],
    });
  }
}

/** Reads a small answer to its end, so that its connection serves again; a long one is cut off. */
async function drain({ body }: Response): Promise<void> {
  let bytes = 0;
  try {
    for await (const chunk of body ?? []) {
      bytes += chunk.length;
      if (bytes > 65_536) break;
    }
  } catch {
    // The status has come, and counts.
  }
}

function unreachable(error: unknown, shown: string, answerMs: number): StreamError {
  const { name, cause } = error as { name?: string; cause?: { code?: string; message?: string } };
  // Ports of other protocols, such as 6000, are closed to requests: the Fetch standard lists them.
  if (cause?.message === 'bad port') {
    return new StreamError('target_refused', `${shown} is at a port that is not asked over HTTP`, {
      hint: 'have it listen at another one',
      doubtful: [],
      cause: error,
    });
  }
  const why =
    name === 'TimeoutError' ? `no answer within ${answerMs / 1000} s` : (cause?.code ?? 'it cannot be reached');
  return new StreamError('target_unreachable', `${shown} does not answer: ${why}`, {
    mayPass: true,
    ...(UNSENT.has(cause?.code ?? '') ? { doubtful: [] } : {}),
    cause: error,
  });
}

/** `Retry-After` in seconds, as RFC 9110 has it; a date is answered with the usual pauses. */
function askedPause(answer: Response): number {
  const seconds = Number(answer.headers.get('retry-after') ?? 0);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds * 1000, MOST_PAUSE_MS) : 0;
}

function hintOf(status: number): string {
  if (status === 401 || status === 403) return 'give it credentials: --header, or a name and a password in the URL';
  if (status >= 300 && status < 400) return 'it is at another place: name that one';
  if (status === 413) return 'send fewer rows in a request: --batch';
  return 'it does not take such requests: look at its URL, and at --batch and --format';
}
