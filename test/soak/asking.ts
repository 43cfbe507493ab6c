/** Asks a server, and fails where it does. */
export interface Asking {
  ask<T>(method: string, path: string, body?: object): Promise<T>;
  /** Reads an answer to its end, and forgets it. */
  bytes(method: string, path: string, body?: object): Promise<void>;
}

/** @param key of somebody who may do all */
export function askingOf(url: string, key: string): Asking {
  const send = async (method: string, path: string, body?: object): Promise<Response> => {
    const authorization = `Bearer ${key}`;
    const answer = await fetch(
      url + path,
      body === undefined
        ? { method, headers: { authorization } }
        : { method, headers: { authorization, 'content-type': 'application/json' }, body: JSON.stringify(body) },
    );
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
      await answer.body?.pipeTo(new WritableStream());
    },
  };
}
