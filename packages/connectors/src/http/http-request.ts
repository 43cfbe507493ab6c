export interface HttpRequest {
  readonly method: string;
  /** May carry a secret in its query once it is signed: never to be shown as a whole. */
  readonly url: URL;
  /** In lower case. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | Uint8Array | undefined;
  /** Whether sending it twice does no more than sending it once; undefined: by its method (RFC 9110, 9.2.2). */
  readonly isRepeatable?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  /** In lower case; the first of those that come more than once. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Unpacked. */
  readonly body: Uint8Array;
  /** Where it came from, after redirects. */
  readonly url: URL;
}

const REPEATABLE = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']);

/** Whether a request may be sent again without asking whether the first one did its work. */
export const isRepeatable = ({ method, isRepeatable: said }: HttpRequest): boolean => said ?? REPEATABLE.has(method);

/** The body as text: UTF-8, as JSON and XML of services are. */
export const textOf = ({ body }: HttpAnswer): string => new TextDecoder().decode(body);

/**
 * Whether a system has said that it did nothing and that the request may come again: 429, and 503 with a time to come back (RFC 9110, 15.6.4). Without
 * one, 503 is also what proxies say when a system went away in the middle.
 */
export const isTurnedAway = ({ status, headers }: HttpAnswer): boolean =>
  status === 429 || (status === 503 && headers['retry-after'] !== undefined);
