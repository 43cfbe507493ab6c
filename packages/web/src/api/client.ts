import { Problem, problemOf } from './problem.ts';
import { chosenProject } from './project.ts';
import { setUnreached } from './unreached.ts';

export interface Asking {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
  /** In place of the session: the key of the first start. */
  readonly key?: string;
}

/** Asks the REST API in the chosen project, with the session's cookie. @throws Problem for all but a success */
export async function ask(
  method: string,
  path: string,
  { body, headers, signal, key }: Asking = {},
): Promise<Response> {
  const project = chosenProject();
  const isForm = body instanceof FormData;
  const response = await fetch(path, {
    method,
    credentials: 'same-origin',
    headers: {
      Accept: 'application/json',
      ...(body === undefined || isForm ? {} : { 'Content-Type': 'application/json' }),
      ...(project === undefined ? {} : { 'X-DataMaker-Project': project }),
      ...(key === undefined ? {} : { Authorization: `Bearer ${key}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    setUnreached(true);
    throw new Problem(0, 'unreachable', 'The server cannot be reached. What you see is kept; try again in a moment.');
  });
  setUnreached(false);
  if (!response.ok) throw await problemOf(response);
  return response;
}

/** The same, for an answer of JSON. */
export async function askJson<T>(method: string, path: string, asking?: Asking): Promise<T> {
  const response = await ask(method, path, asking);
  return (response.status === 204 ? undefined : await response.json()) as T;
}
