import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { type Arguments, flagValue } from '../arguments/command.ts';
import { CommandError } from '../errors/command-error.ts';
import { serverAccess } from './server-access.ts';
import { type ErrorBody, ServerError } from './server-error.ts';
import { KEY_VARIABLE, PROJECT_VARIABLE, URL_VARIABLE } from './server-flags.ts';

export interface ServerRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** A text is JSON already. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
  /** Done once, however often it is sent: it is sent again when its answer is lost. */
  readonly once?: boolean;
}

interface Page<T> {
  readonly items: readonly T[];
  readonly next_cursor: string | null;
}

/** Pauses before a request is sent again, in milliseconds. */
const PAUSES = [250, 1000, 3000];
const MOST_PAUSE_MS = 30_000;
const MS = 1000;
/** Statuses after which the same request may go well. */
const BUSY = new Set([429, 502, 503, 504]);

/** A server, as the holder of a key. */
export class ServerApi {
  readonly url: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(url: string, key: string, project?: string) {
    this.url = url;
    this.#headers = {
      authorization: `Bearer ${key}`,
      ...(project === undefined ? {} : { 'x-datamaker-project': project }),
    };
  }

  /** The server that flags, the environment, datamaker.json or the last login name. @throws CommandError when there is no key, or the URL is none */
  static of(args: Arguments, environment: NodeJS.ProcessEnv = process.env): ServerApi {
    const variable = (name: string): string | undefined => environment[name]?.trim() || undefined;
    const given = {
      url: flagValue(args, 'server') ?? variable(URL_VARIABLE),
      key: variable(KEY_VARIABLE),
      project: flagValue(args, 'project') ?? variable(PROJECT_VARIABLE),
    };
    const { url, key, project } = serverAccess(given, { environment });
    return new ServerApi(url, key, project);
  }

  /** An answer below 400, whose body is still to be read. @throws ServerError, CommandError */
  async open(path: string, { method = 'GET', body, headers, signal, once }: ServerRequest = {}): Promise<Response> {
    const init: RequestInit = {
      method,
      headers: {
        ...this.#headers,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(once === true ? { 'idempotency-key': randomUUID() } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    };
    const isRepeatable = method === 'GET' || once === true;
    for (let attempt = 0; ; attempt++) {
      const pause = isRepeatable ? PAUSES[attempt] : undefined;
      const answer = await fetch(this.url + path, init).catch((error: unknown) => {
        signal?.throwIfAborted();
        return error;
      });
      if (answer instanceof Response) {
        if (answer.ok) return answer;
        if (pause === undefined || !BUSY.has(answer.status)) {
          throw new ServerError(answer.status, `${method} ${path}`, await errorOf(answer));
        }
        await answer.body?.cancel();
        await wait(Math.max(pause, askedPause(answer)), undefined, signal && { signal });
      } else {
        if (pause === undefined) throw unreachable(this.url, answer);
        await wait(pause, undefined, signal && { signal });
      }
    }
  }

  /** What an answer says. @throws ServerError, CommandError */
  async json<T>(path: string, request: ServerRequest = {}): Promise<T> {
    const answer = await this.open(path, request);
    const text = await answer.text().catch((error: unknown) => {
      throw unreachable(this.url, error);
    });
    try {
      return (text === '' ? null : JSON.parse(text)) as T;
    } catch {
      const message = `${path} was answered with no JSON: is ${this.url} a DataMaker server?`;
      throw new CommandError(1, 'invalid_answer', message);
    }
  }

  /** All items of a list, page by page. */
  async *items<T>(path: string, signal?: AbortSignal): AsyncGenerator<T> {
    for (let cursor: string | null = ''; cursor !== null; ) {
      const query = `limit=100${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
      const page: Page<T> = await this.json(`${path}${path.includes('?') ? '&' : '?'}${query}`, { signal });
      yield* page.items;
      cursor = page.next_cursor;
    }
  }
}

async function errorOf(answer: Response): Promise<ErrorBody | undefined> {
  try {
    return (await answer.json()) as ErrorBody;
  } catch {
    return undefined;
  }
}

function askedPause(answer: Response): number {
  const seconds = Number(answer.headers.get('retry-after') ?? 0);
  return Number.isFinite(seconds) ? Math.min(seconds * MS, MOST_PAUSE_MS) : 0;
}

export function unreachable(url: string, error: unknown): CommandError {
  const { cause, message } = error as { cause?: { code?: string; message?: string }; message?: string };
  const why = cause?.code ?? cause?.message ?? message ?? String(error);
  return new CommandError(1, 'server_unreachable', `${url} does not answer: ${why}`, {
    hint: 'is it running there? --server, or $DM_URL, says where it is',
    cause: error,
  });
}
