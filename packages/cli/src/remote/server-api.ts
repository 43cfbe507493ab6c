import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { type Arguments, flagValue } from '../arguments/command.ts';
import { badArgument, CommandError } from '../errors/command-error.ts';
import { type ErrorBody, ServerError } from './server-error.ts';
import { DEFAULT_URL, KEY_VARIABLE, PROJECT_VARIABLE, URL_VARIABLE } from './server-flags.ts';

export interface ServerRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
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

  /** The server that flags and the environment name. @throws CommandError when there is no key, or the URL is none */
  static of(args: Arguments, environment: NodeJS.ProcessEnv = process.env): ServerApi {
    const given = (flag: string, variable: string): string | undefined => {
      const value = flagValue(args, flag) ?? environment[variable];
      return value === '' ? undefined : value;
    };
    const address = given('server', URL_VARIABLE) ?? DEFAULT_URL;
    const url = URL.canParse(address) ? new URL(address) : undefined;
    const isPlain = url !== undefined && [url.username, url.password, url.search, url.hash].every((one) => one === '');
    if (!isPlain || !/^https?:$/.test(url.protocol)) {
      throw badArgument('--server', 'invalid_url', 'that is no URL of a server', `such as ${DEFAULT_URL}`);
    }
    const key = environment[KEY_VARIABLE]?.trim() ?? '';
    if (key === '') {
      throw badArgument(`$${KEY_VARIABLE}`, 'missing_key', 'there is no key for the server', 'POST /keys makes one');
    }
    if (!/^[\x21-\x7e]+$/.test(key)) throw badArgument(`$${KEY_VARIABLE}`, 'invalid_key', 'that is no key');
    const project = given('project', PROJECT_VARIABLE);
    if (project !== undefined && !/^\w{1,80}$/.test(project)) {
      throw badArgument(
        '--project',
        'invalid_id',
        'that is no id of a project',
        'they are as proj_8d3kq0vx2m5ra7cz4n1w',
      );
    }
    return new ServerApi(url.href.replace(/\/+$/, ''), key, project);
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
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
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
