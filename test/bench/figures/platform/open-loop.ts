import { setTimeout as delay } from 'node:timers/promises';
import { KeepAlive } from '../keep-alive.ts';

export interface OpenLoop {
  readonly url: string;
  readonly key: string;
  /** Requests a second, however fast they are answered. */
  readonly rate: number;
  readonly seconds: number;
  /** What the request of a number asks for. */
  readonly path: (request: number) => string;
}

/**
 * Reads at a constant rate. Nobody waits for an earlier answer: a request that finds no connection free opens one. A time counts
 * from when the request was due, so what a stall delays counts in full.
 * @returns milliseconds of each request
 * @throws when an answer is not a 200
 */
export async function openLoop({ url, key, rate, seconds, path }: OpenLoop): Promise<number[]> {
  const free: KeepAlive[] = [];
  const opened: KeepAlive[] = [];
  const times: number[] = [];
  const pending: Promise<void>[] = [];
  const open = async (): Promise<KeepAlive> => {
    const client = await KeepAlive.to(new URL(url), key);
    opened.push(client);
    return client;
  };
  const send = async (request: number, due: number): Promise<void> => {
    const client = free.pop() ?? (await open());
    const { status } = await client.get(path(request));
    times.push(performance.now() - due);
    if (status !== 200) throw new Error(`${path(request)} was answered with ${status}`);
    free.push(client);
  };
  try {
    const start = performance.now();
    for (let request = 0; request < rate * seconds; ) {
      const late = performance.now() - (start + (request / rate) * 1000);
      if (late < 0) await delay(-late);
      else {
        const sent = send(request, start + (request / rate) * 1000);
        // Awaited at the end.
        sent.catch(() => undefined);
        pending.push(sent);
        request++;
      }
    }
    await Promise.all(pending);
    return times;
  } finally {
    for (const client of opened) client.close();
  }
}
