import { request as ask, createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Transform } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { type ObjectStore, startObjectStore } from './object-store.ts';

/**
 * How it treats what is to be kept: as it should, as from somebody unknown, with a yes that means nothing, or with an error of its own. One that
 * `garbles` keeps all, and gives back something else.
 */
export type Manner = 'keeps' | 'refuses' | 'forgets' | 'fails' | 'garbles';

/** An object store that changes its manners. */
export interface UnrulyObjectStore {
  readonly settings: ObjectStore['settings'];
  readonly keys: ObjectStore['keys'];
  /** From now on, when so many more objects were kept; `times`: and then as it should again. */
  behave(manner: Manner, after?: number, times?: number): void;
  /** How often it did not behave. */
  readonly lies: number;
  /** What is to be kept waits for so long before it is. */
  dawdle(ms: number): void;
  /** Requests of a method wait from now on, until they are let go. */
  hold(method: 'PUT' | 'GET' | 'DELETE'): void;
  /** Those that wait, the oldest first, by the host that they ask for; whoever went away waits no more. */
  readonly held: readonly string[];
  /** Lets the oldest go that waits, of a host or of any; without effect when there is none. */
  letGo(host?: string): void;
  /** Lets all go, and holds none any more. */
  letAllGo(): void;
  close(): Promise<void>;
}

const ERRORS: Readonly<Partial<Record<Manner, readonly [number, string]>>> = {
  refuses: [403, 'InvalidAccessKeyId'],
  fails: [503, 'SlowDown'],
};

/** Starts one: a server in front of a real one, which it asks as long as it behaves. */
export async function startUnrulyObjectStore(): Promise<UnrulyObjectStore> {
  const objects = await startObjectStore();
  const { hostname, port } = new URL(objects.settings.endpoint ?? '');
  let [manner, left, times]: [Manner, number, number] = ['keeps', 0, Number.POSITIVE_INFINITY];
  let lies = 0;
  let slowness = 0;
  let holds: string | undefined;
  const waiting = new Set<{ readonly host: string; readonly go: () => void }>();
  const wait = (request: IncomingMessage, response: ServerResponse): Promise<void> =>
    new Promise((resolve) => {
      const one = {
        host: request.headers.host ?? '',
        go: () => {
          waiting.delete(one);
          resolve();
        },
      };
      waiting.add(one);
      response.once('close', one.go);
    });
  const server = createServer(async (request, response) => {
    if (request.method === holds) await wait(request, response);
    if (response.destroyed) return;
    if (request.method === 'PUT' && slowness > 0) await pause(slowness);
    const isMisled =
      request.method === 'PUT' && manner !== 'keeps' && manner !== 'garbles' && left-- <= 0 && times-- > 0;
    if (isMisled) {
      lies += 1;
      request.resume();
      const [status, code] = ERRORS[manner] ?? [200, ''];
      const body =
        status === 200 ? '' : `<?xml version="1.0"?><Error><Code>${code}</Code><Message>no</Message></Error>`;
      request.once('end', () => response.writeHead(status, { 'content-type': 'application/xml' }).end(body));
      return;
    }
    const { method, url, headers } = request;
    const onward = ask({ hostname, port, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      if (request.method === 'GET' && manner === 'garbles') {
        lies += 1;
        answer.pipe(new Transform({ transform: (chunk, _, done) => done(null, otherOf(chunk)) })).pipe(response);
      } else answer.pipe(response);
    });
    onward.once('error', () => response.destroy());
    response.once('close', () => onward.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: own } = server.address() as AddressInfo;
  return {
    settings: { ...objects.settings, endpoint: `http://127.0.0.1:${own}` },
    keys: objects.keys,
    behave: (next, after = 0, howOften = Number.POSITIVE_INFINITY) => {
      [manner, left, times] = [next, after, howOften];
    },
    get lies() {
      return lies;
    },
    dawdle: (ms) => {
      slowness = ms;
    },
    hold: (method) => {
      holds = method;
    },
    get held() {
      return [...waiting].map(({ host }) => host);
    },
    letGo: (host) => {
      for (const one of waiting) {
        if (host === undefined || one.host === host) return one.go();
      }
    },
    letAllGo: () => {
      holds = undefined;
      for (const one of [...waiting]) one.go();
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await objects.close();
    },
  };
}

/** As many bytes, and others. */
function otherOf(chunk: Buffer): Buffer {
  const other = Buffer.from(chunk);
  other[0] = (other[0] ?? 0) ^ 1;
  return other;
}
