/** Asks a server, and fails where it does. */
export interface Asking {
  ask<T>(method: string, path: string, body?: object): Promise<T>;
  /** Reads an answer to its end, and forgets it. */
  bytes(method: string, path: string, body?: object): Promise<void>;
}

const failedAt =
  (method: string, path: string) =>
  (cause: Error): never => {
    throw new Error(`${method} ${path}: ${cause.message}`, { cause });
  };

/** An answer may wait for the end of a run for five minutes. */
const ANSWER_MS = 6 * 60_000;

/**
 * @param key of somebody who may do all
 * @param ms until an answer has come, to its end
 */
export function askingOf(url: string, key: string, ms = ANSWER_MS): Asking {
  const send = async (method: string, path: string, body?: object): Promise<Response> => {
    const authorization = `Bearer ${key}`;
    const answer = await fetch(url + path, {
      method,
      signal: AbortSignal.timeout(ms),
      ...(body === undefined
        ? { headers: { authorization } }
        : { headers: { authorization, 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    }).catch(failedAt(method, path));
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  return {
    ask: async <T>(method: string, path: string, body?: object) => {
      const answer = await send(method, path, body);
      return (answer.status === 204 ? undefined : await answer.json()) as T;
    },
    bytes: async (method, path, body) => {
      const answer = await send(method, path, body);
      await answer.body?.pipeTo(new WritableStream()).catch(failedAt(method, path));
    },
  };
}
