import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A row that a system was sent, and what it was sent with. */
export interface TakenRow {
  readonly row: Readonly<Record<string, unknown>>;
  readonly key: string | undefined;
}

/** What a system does with a request: keeps its rows and says so, keeps them and breaks off, breaks off, or says a status. */
export type Answer = 'keep' | 'keep_then_cut' | 'cut' | number;

/** A system that takes rows by POST, one in each request or a list under a key. */
export interface RestTarget {
  readonly url: string;
  readonly taken: TakenRow[];
  /** How many requests came. */
  requests: number;
  /** Asked for each request. */
  answer: (number: number, body: unknown) => Answer | Promise<Answer>;
  /** Whether requests with a key that it has seen are not done again. */
  knowsKeys: boolean;
  stop(): Promise<void>;
}

export async function startRestTarget(): Promise<RestTarget> {
  const seen = new Set<string>();
  const server: Server = createServer((request, response) => {
    void serve(request, response);
  });
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const text = await wholeBody(request);
    if (text === undefined) return;
    if (request.method !== 'POST') return void response.writeHead(200).end('{}');
    const body: unknown = JSON.parse(text);
    const deed = await target.answer(target.requests++, body);
    const key = request.headers['idempotency-key'] as string | undefined;
    if (deed === 'cut') return void request.socket.destroy();
    if (typeof deed === 'number') return void response.writeHead(deed, { 'retry-after': '0' }).end('{}');
    const isKnown = target.knowsKeys && key !== undefined && seen.has(key);
    if (key !== undefined) seen.add(key);
    const rows = Object.values(body as object).find(Array.isArray) ?? [body];
    if (!isKnown) for (const row of rows) target.taken.push({ row, key });
    if (deed === 'keep_then_cut') return void request.socket.destroy();
    response.writeHead(201, { 'content-type': 'application/json' }).end('{}');
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const target: RestTarget = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    taken: [],
    requests: 0,
    answer: () => 'keep',
    knowsKeys: false,
    stop: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return target;
}

/** @returns undefined where the connection broke before all of it was there: such a request is not done at all */
async function wholeBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer);
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks).toString();
}
