import { Problem, problemOf } from './problem.ts';
import { chosenProject, forgetProject } from './project.ts';
import { setUnreached } from './unreached.ts';

export interface Asking {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
  /** In place of the session: the key of the first start. */
  readonly key?: string;
}

/** What is asked of the workspace: it is answered also when the chosen project is no longer there. */
const OF_WORKSPACE = /^\/(session|projects|workspace)(?![\w-])/;

/** Asks the REST API in the chosen project, with the session's cookie. @throws Problem for all but a success */
export async function ask(method: string, path: string, asking: Asking = {}): Promise<Response> {
  const project = OF_WORKSPACE.test(path) ? undefined : chosenProject();
  const response = await send(method, path, asking, project);
  if (response.ok) return response;
  const problem = await problemOf(response);
  if (project === undefined || problem.status !== 404 || (await isThere(project))) throw problem;
  if (chosenProject() === project) forgetProject();
  // What was to be changed was not meant for another project.
  if (method !== 'GET') throw problem;
  return await ask(method, path, asking);
}

/** Whether there is such a project; also where that cannot be said. */
async function isThere(project: string): Promise<boolean> {
  const response = await send('GET', `/projects/${encodeURIComponent(project)}`, {}, undefined).catch(() => undefined);
  return response?.status !== 404;
}

async function send(
  method: string,
  path: string,
  { body, headers, signal, key }: Asking,
  project: string | undefined,
): Promise<Response> {
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
  return response;
}

/** The same, for an answer of JSON. */
export async function askJson<T>(method: string, path: string, asking?: Asking): Promise<T> {
  const response = await ask(method, path, asking);
  return (response.status === 204 ? undefined : await response.json()) as T;
}
