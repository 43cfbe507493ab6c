import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { ErrorDetail } from '../errors.ts';

export interface Answer<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body, when it is JSON. */
  readonly body: T;
}

export interface TemplateBody {
  readonly id: string;
  readonly name: string;
  readonly fields: readonly Record<string, unknown>[];
  readonly locale?: string;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface ListBody<T> {
  readonly items: readonly T[];
  readonly next_cursor: string | null;
  readonly total: number;
}

export interface ErrorBody {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly details: { readonly diagnostics?: readonly ErrorDetail[] };
    readonly request_id: string;
  };
}

type Body = string | Uint8Array<ArrayBuffer> | object;
type HeaderValues = Readonly<Record<string, string>>;

/** Speaks HTTP with a server, as the holder of a key. Every answer is checked to have a request id of its own. */
export class Client {
  readonly url: string;
  readonly #key: string | undefined;
  readonly #seen: Set<string>;

  constructor(url: string, key: string | undefined, seen = new Set<string>()) {
    this.url = url;
    this.#key = key;
    this.#seen = seen;
  }

  /** The same server with another key, or none. */
  as(key: string | undefined): Client {
    return new Client(this.url, key, this.#seen);
  }

  /** @param body an object is sent as JSON, a text or bytes as they are, labelled as JSON unless `headers` say otherwise */
  async send<T>(method: string, path: string, body?: Body, headers: HeaderValues = {}): Promise<Answer<T>> {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(this.#key === undefined ? {} : { authorization: `Bearer ${this.#key}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const id = response.headers.get('request-id') ?? '';
    expect(id).toMatch(/^req_[0-9a-f-]{36}$/);
    // Asked of the set itself: a matcher would copy all of it for each answer.
    expect(this.#seen.has(id), `the request id ${id} was given before`).toBe(false);
    this.#seen.add(id);
    const isJson = response.headers.get('content-type')?.startsWith('application/json') === true && text !== '';
    return { status: response.status, headers: response.headers, text, body: (isJson ? JSON.parse(text) : null) as T };
  }

  get = <T = TemplateBody>(path: string, headers?: HeaderValues) => this.send<T>('GET', path, undefined, headers);
  post = <T = TemplateBody>(path: string, body?: Body, headers?: HeaderValues) =>
    this.send<T>('POST', path, body, headers);
  patch = <T = TemplateBody>(path: string, body?: Body) => this.send<T>('PATCH', path, body);
  delete = <T = null>(path: string) => this.send<T>('DELETE', path);

  /** Uploads a workspace file. */
  upload<T>(name: string, bytes: string | Uint8Array, headers: HeaderValues = {}): Promise<Answer<T>> {
    const boundary = `--${randomUUID()}`;
    const part = (head: string): string => `--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`;
    const body = Buffer.concat([
      Buffer.from(`${part('name="name"')}${name}\r\n${part('name="file"; filename="some"')}`),
      typeof bytes === 'string' ? Buffer.from(bytes) : bytes,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]);
    const type = { 'content-type': `multipart/form-data; boundary=${boundary}` };
    return this.post<T>('/workspace/files', body, { ...type, ...headers });
  }

  /** Creates a template that is known to be right. @returns its id */
  async create(fields: readonly object[], name = 'template'): Promise<string> {
    const { status, body } = await this.post('/templates', { name, fields });
    expect({ status, body }).toMatchObject({ status: 201 });
    return body.id;
  }
}

/** Traces, files and causes are the server's own business. */
const INTERNALS = /\bat \S+ \(|:\d+:\d+|node_modules|packages\/|\.ts\b|\.js\b|[A-Z]\w*Error\b|FST_|SELECT |stack/;

/** Checks that an answer is an error in the one shape that errors have. @returns the error's diagnostics */
export function expectError(answer: Answer<unknown>, status: number, code: string): readonly ErrorDetail[] {
  const { error } = (answer.body ?? {}) as ErrorBody;
  expect({ status: answer.status, code: error?.code, text: answer.text }).toMatchObject({ status, code });
  expect(Object.keys(answer.body as object)).toEqual(['error']);
  expect(Object.keys(error).toSorted()).toEqual(['code', 'details', 'message', 'request_id']);
  expect(error.message).toMatch(/\S/);
  expect(error.message).not.toContain('\n');
  expect(error.request_id).toBe(answer.headers.get('request-id'));
  expect(answer.text).not.toMatch(INTERNALS);
  return error.details.diagnostics ?? [];
}
