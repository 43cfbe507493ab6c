import { DataMakerError } from '../datamaker-error.ts';
import { errorOf } from './error-of.ts';
import { newRequestKey } from './new-request-key.ts';
import { pause } from './pause.ts';
import { pauseBeforeRetry } from './pause-before-retry.ts';

export interface TransportOptions {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds until the head of an answer has to be there. */
  readonly timeout: number;
  readonly retries: number;
  readonly fetch: typeof fetch;
}

export interface HttpRequest {
  readonly method: string;
  /** From the root of the server, with its query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | FormData | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly timeout?: number | undefined;
}

/** Sends requests, each again when what went wrong may pass, with an `Idempotency-Key` so that a POST has one effect. */
export class Transport {
  readonly #options: TransportOptions;

  constructor(options: TransportOptions) {
    this.#options = options;
  }

  /** @returns an answer of success, its body unread @throws DataMakerError, the reason of the signal */
  async send(request: HttpRequest): Promise<Response> {
    const { headers, retries } = this.#options;
    const own: Record<string, string> = { ...headers, ...request.headers };
    if (request.method === 'POST') own['idempotency-key'] ??= newRequestKey();
    if (typeof request.body === 'string') own['content-type'] = 'application/json';
    for (let attempt = 0; ; attempt++) {
      const answer = await this.#attempt(request, own);
      if (answer instanceof Response) return answer;
      const seconds = attempt < retries ? pauseBeforeRetry(answer, attempt) : undefined;
      if (seconds === undefined) throw answer;
      await pause(seconds, request.signal);
    }
  }

  async #attempt(request: HttpRequest, headers: Record<string, string>): Promise<Response | DataMakerError> {
    const { url, fetch, timeout } = this.#options;
    const { method, path, body, signal } = request;
    signal?.throwIfAborted();
    const late = new AbortController();
    const most = request.timeout ?? timeout;
    const timer = setTimeout(() => late.abort(), most);
    try {
      const both = signal === undefined ? late.signal : AbortSignal.any([signal, late.signal]);
      const init = { method, headers, signal: both, ...(body === undefined ? {} : { body }) };
      const response = await fetch(url + path, init);
      return response.ok ? response : await errorOf(response);
    } catch (cause) {
      signal?.throwIfAborted();
      if (late.signal.aborted) {
        return new DataMakerError({ code: 'timeout', message: `no answer came within ${most} ms`, cause });
      }
      return new DataMakerError({
        code: 'network_error',
        message: `${url} cannot be reached: ${reasonOf(cause)}`,
        cause,
      });
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Runtimes say it in the cause, or not at all. */
function reasonOf(error: unknown): string {
  const { cause, message } = error as { cause?: { code?: unknown; message?: unknown }; message?: unknown };
  return String(cause?.code ?? cause?.message ?? message ?? 'the connection broke');
}
