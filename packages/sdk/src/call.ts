import { DataMakerError } from './datamaker-error.ts';
import type { HttpRequest, Transport } from './http/transport.ts';

type Empty = Readonly<Record<string, never>>;
/** What is not taken may not be said, and what need not be said may be left out. Of alternatives all are one type here. */
type Part<name extends string, type> = [type] extends [Empty | undefined]
  ? { readonly [key in name]?: undefined }
  : [Partial<type>] extends [type]
    ? { readonly [key in name]?: type | undefined }
    : { readonly [key in name]: type };

/** What goes with a request beside what the operation takes. */
export interface CallOptions {
  /** Ends the request; the call throws its reason. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds until the head of the answer has to be there. */
  readonly timeout?: number | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

export type CallInput<operation extends { path: object; query: object; body: unknown }> = Part<
  'path',
  operation['path']
> &
  Part<'query', operation['query']> &
  Part<'body', operation['body']> &
  CallOptions;

/** One argument, which may be left out where an operation takes nothing that has to be said. */
type CallArguments<operation extends { path: object; query: object; body: unknown }> =
  Partial<CallInput<operation>> extends CallInput<operation>
    ? [input?: CallInput<operation>]
    : [input: CallInput<operation>];

/** The arguments of each operation, by name. */
export type Inputs<T> = {
  readonly [name in keyof T]: T[name] extends { path: object; query: object; body: unknown }
    ? CallArguments<T[name]>
    : never;
};

/** The parts of any call, as they are sent. */
export interface AnyInput extends CallOptions {
  readonly path?: object | undefined;
  readonly query?: object | undefined;
  /** A text is JSON already. */
  readonly body?: unknown;
}

/**
 * Sends a request of an operation.
 * @param operation method and path with `{names}`
 * @returns the answer, unread
 */
export function send(transport: Transport, operation: string, input: AnyInput): Promise<Response> {
  const [method = '', template = ''] = operation.split(' ');
  const { body, headers, signal, timeout } = input;
  const request: HttpRequest = {
    method,
    path: fill(template, input.path ?? {}) + queryOf(input.query ?? {}),
    headers,
    body: body === undefined || body instanceof FormData || typeof body === 'string' ? body : JSON.stringify(body),
    signal,
    timeout,
  };
  return transport.send(request);
}

/** The same, and what was answered: JSON as a value, nothing as undefined, all else as the response. */
export async function call(transport: Transport, operation: string, input: AnyInput): Promise<unknown> {
  const response = await send(transport, operation, input);
  if (response.status === 204) return undefined;
  if (response.headers.get('content-type')?.startsWith('application/json') !== true) return response;
  try {
    return await response.json();
  } catch (cause) {
    input.signal?.throwIfAborted();
    throw new DataMakerError({ code: 'invalid_answer', message: 'the answer broke off, or is no JSON', cause });
  }
}

function fill(template: string, values: object): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = (values as Record<string, unknown>)[name];
    if (typeof value === 'string' && value !== '' && !/^\.\.?$/.test(value)) return encodeURIComponent(value);
    throw new DataMakerError({ code: 'invalid_argument', message: `${name} has to be a text that is not empty` });
  });
}

function queryOf(values: object): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value !== undefined) query.set(name, String(value));
  return query.size === 0 ? '' : `?${query}`;
}
