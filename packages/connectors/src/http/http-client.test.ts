import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConnectionError } from '../connection-error.ts';
import { Dialer } from '../dial/dialer.ts';
import { OutboundPolicy } from '../dial/outbound-policy.ts';
import { LOOPBACK_SPELLINGS } from '../dial/testing/loopback-spellings.ts';
import { authenticatorOf } from './auth/authenticator.ts';
import { type AuthType, parseAuth } from './auth/http-auth.ts';
import { HttpClient, type HttpClientOptions } from './http-client.ts';
import { textOf } from './http-request.ts';

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;
const KINDS: AuthType[] = ['none', 'basic', 'bearer', 'api_key', 'oauth2_client_credentials'];
const open = new Dialer(new OutboundPolicy(['127.0.0.0/8']));

interface Host {
  readonly url: string;
  readonly server: Server;
  readonly seen: { method: string; url: string; headers: IncomingMessage['headers']; body: string }[];
  handle: Handler;
}
const hosts: Host[] = [];
const clients: HttpClient[] = [];

async function host(handle: Handler = (_request, response) => response.end('ok')): Promise<Host> {
  const made: Host = { url: '', server: createServer(), seen: [], handle };
  made.server.on('request', async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    made.seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
    made.handle(request, response, body);
  });
  await new Promise<void>((resolve) => made.server.listen(0, '127.0.0.1', resolve));
  hosts.push(made);
  return Object.assign(made, { url: `http://127.0.0.1:${(made.server.address() as { port: number }).port}` });
}

function client(options: Partial<HttpClientOptions> = {}, auth?: Record<string, unknown>): HttpClient {
  const parsed = parseAuth(auth, KINDS);
  const made = new HttpClient(
    { dialer: open, headers: {}, timeoutSeconds: 5, retries: 0, concurrency: 4, responseLimitMib: 1, ...options },
    (send) => authenticatorOf(parsed.auth, parsed.secrets, send),
  );
  clients.push(made);
  return made;
}

const problemOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'answered',
    (error: unknown) => (error instanceof ConnectionError ? error.problem : String(error)),
  );

let peer: Host;
beforeEach(async () => {
  peer = await host();
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((one) => one.close()));
  for (const { server } of hosts.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});
const get = (one: HttpClient, path = '/', signal?: AbortSignal) =>
  one.send({ method: 'GET', url: new URL(path, peer.url), signal });
const post = (one: HttpClient, path = '/') => one.send({ method: 'POST', url: new URL(path, peer.url), body: '{}' });

describe('who asks', () => {
  it.each([
    [{ type: 'none' }, undefined, '/'],
    [{ type: 'basic', username: 'ü', password: 'p:w' }, `Basic ${Buffer.from('ü:p:w').toString('base64')}`, '/'],
    [{ type: 'bearer', token: 't0' }, 'Bearer t0', '/'],
    [{ type: 'api-key', in: 'query', name: 'k', key: 'a&b' }, undefined, '/?k=a%26b'],
  ])('is said as %j', async (auth, authorization, url) => {
    await get(client({}, auth));
    expect(peer.seen[0]).toMatchObject({ url });
    expect(peer.seen[0]?.headers.authorization).toBe(authorization);
  });

  it('is said by a header of its own', async () => {
    await get(client({}, { type: 'api_key', name: 'X-Key', key: 's' }));
    expect(peer.seen[0]?.headers['x-key']).toBe('s');
  });

  it('leaves the rest of a query as it is written', async () => {
    const one = client({}, { type: 'api_key', in: 'query', name: 'a~key', key: 's&+ö' });
    await get(one, "/?$filter=Name%20eq%20'a+b'&a~key=old&a%7Ekey=older&x");
    expect(peer.seen[0]?.url).toBe('/?$filter=Name%20eq%20%27a+b%27&x&a~key=s%26%2B%C3%B6');
    await get(one, '/');
    expect(peer.seen[1]?.url).toBe('/?a~key=s%26%2B%C3%B6');
  });

  it('is a token that is asked for once, and anew when it is refused or over', async () => {
    let count = 0;
    let lives: unknown = 3600;
    const tokens = await host((_request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ access_token: `t${++count}`, expires_in: lives }));
    });
    const auth = {
      type: 'oauth2-client-credentials',
      token_url: `${tokens.url}/t`,
      client_id: 'a:b',
      client_secret: 's c',
    };
    const one = client({}, { ...auth, scope: 'x y' });
    await Promise.all([get(one), get(one), get(one)]);
    expect(peer.seen.map(({ headers }) => headers.authorization)).toEqual(Array(3).fill('Bearer t1'));
    expect(tokens.seen).toHaveLength(1);
    expect(tokens.seen[0]).toMatchObject({ method: 'POST', body: 'grant_type=client_credentials&scope=x+y' });
    expect(tokens.seen[0]?.headers.authorization).toBe(`Basic ${Buffer.from('a%3Ab:s+c').toString('base64')}`);
    peer.handle = ({ headers }, response) =>
      response.writeHead(headers.authorization === 'Bearer t2' ? 200 : 401).end();
    expect((await get(one)).status).toBe(200);
    expect(count).toBe(2);
    peer.handle = (_request, response) => response.writeHead(401).end();
    lives = 0;
    expect((await get(one)).status).toBe(401);
    expect(count).toBe(3);
    await get(one);
    expect(count).toBe(5);
  });

  it('is waited for by each as long as it wants, whoever asked first', async () => {
    const answers: (() => void)[] = [];
    let closed = 0;
    const tokens = await host((request, response) => {
      response.once('close', () => void (response.writableFinished || closed++));
      answers.push(() =>
        response.writeHead(200, { 'content-type': 'application/json' }).end('{"access_token":"t1","expires_in":3600}'),
      );
      request.resume();
    });
    const auth = { type: 'oauth2_client_credentials', token_url: tokens.url, client_id: 'a', client_secret: 's' };
    const one = client({}, auth);
    const stops = [new AbortController(), new AbortController(), new AbortController()];
    const asked = stops.map(({ signal }) => get(one, '/', signal));
    for (const each of asked) each.catch(() => undefined);
    while (answers.length === 0) await new Promise(setImmediate);
    stops[0]?.abort(new Error('enough'));
    await expect(asked[0]).rejects.toThrow('enough');
    answers[0]?.();
    expect((await asked[1])?.status).toBe(200);
    expect((await asked[2])?.status).toBe(200);
    expect(tokens.seen).toHaveLength(1);
    // When all have gone, nothing is waited for, and who comes later asks anew.
    const two = client({}, auth);
    const alone = [new AbortController(), new AbortController()];
    const left = alone.map(({ signal }) => get(two, '/', signal));
    for (const each of left) each.catch(() => undefined);
    while (answers.length === 1) await new Promise(setImmediate);
    for (const stop of alone) stop.abort(new Error('enough'));
    for (const each of left) await expect(each).rejects.toThrow('enough');
    while (closed === 0) await new Promise(setImmediate);
    const later = get(two);
    while (answers.length === 2) await new Promise(setImmediate);
    answers[2]?.();
    expect((await later).status).toBe(200);
  });

  it('is told apart from other failures when the service of tokens refuses', async () => {
    const tokens = await host((_request, response) => {
      response.writeHead(401, { 'content-type': 'application/json' });
      response.end('{"error":"invalid_client","error_description":"secret s3cret is wrong"}');
    });
    const auth = { type: 'oauth2_client_credentials', token_url: tokens.url, client_id: 'a', client_secret: 's3cret' };
    const error = await post(client({}, { ...auth, credentials_in: 'body' })).catch((error: unknown) => error);
    expect(error).toMatchObject({ problem: 'auth', message: 'the service of tokens gives none (invalid_client)' });
    expect(JSON.stringify([error, (error as Error).stack])).not.toContain('s3cret');
    expect(tokens.seen[0]?.body).toContain('client_secret=s3cret');
  });
});

describe('redirects', () => {
  const leadTo =
    (location: string, status = 302): Handler =>
    ({ url, socket }, response) => {
      if (url === '/end') response.end('end');
      // As bytes: Node would not send some that others do.
      else
        socket.end(
          `HTTP/1.1 ${status} Elsewhere\r\nlocation: ${location}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`,
        );
    };

  it.each([301, 302, 303, 307, 308])('are followed with what was asked (%i)', async (status) => {
    peer.handle = leadTo('/end', status);
    const answer = await get(client({}, { type: 'bearer', token: 't' }));
    expect(textOf(answer)).toBe('end');
    expect(peer.seen.at(-1)?.headers.authorization).toBe('Bearer t');
  });

  it('take nothing secret to another origin', async () => {
    const other = await host();
    peer.handle = leadTo(`${other.url}/end`);
    const one = client({ headers: { 'x-mine': '1' }, cookies: true }, { type: 'api_key', name: 'X-Key', key: 's' });
    expect((await get(one)).status).toBe(200);
    const { authorization, cookie, 'x-key': key, 'x-mine': mine } = other.seen[0]?.headers ?? {};
    expect([authorization, cookie, key, mine]).toEqual([undefined, undefined, undefined, undefined]);
  });

  it.each(['/end?a=1&k=s3c%26ret', '/end?next=%2F%3Fx%3Ds3c%2526ret', '/s3c&ret/end', '/end?k='])(
    'never take the key in a query to another origin (%s)',
    async (path) => {
      const other = await host();
      peer.handle = leadTo(`${other.url}${path}`, 308);
      const one = client({}, { type: 'api_key', in: 'query', name: 'k', key: 's3c&ret' });
      const error = await get(one, '/?a=1').catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ problem: 'protocol', message: expect.stringContaining('leads elsewhere') });
      expect(String(error)).not.toContain('s3c');
      expect(other.seen).toEqual([]);
      peer.handle = leadTo(`${other.url}/end`);
      expect((await get(one, '/?a=1')).status).toBe(200);
      expect(other.seen.map(({ url }) => url)).toEqual(['/end']);
    },
  );

  it('take nothing back that was left behind', async () => {
    const other = await host();
    other.handle = leadTo(`${peer.url}/end`);
    peer.handle = leadTo(`${other.url}/`);
    expect((await get(client({}, { type: 'bearer', token: 't' }))).status).toBe(200);
    expect(peer.seen.map(({ url, headers }) => [url, headers.authorization])).toEqual([
      ['/', 'Bearer t'],
      ['/end', undefined],
    ]);
  });

  it.each(['header', 'body'])(
    'have no secret of a client sent on by the service of tokens (in the %s)',
    async (where) => {
      const [tokens, other] = [await host(), await host()];
      const auth = { type: 'oauth2_client_credentials', token_url: `${tokens.url}/token`, client_id: 'me' };
      for (const status of [301, 302, 303, 307, 308]) {
        tokens.handle = leadTo(`${other.url}/token`, status);
        const one = client({}, { ...auth, client_secret: 's3cret', credentials_in: where });
        expect(await problemOf(get(one))).not.toBe('answered');
      }
      expect(tokens.seen).toHaveLength(5);
      expect([other.seen, peer.seen]).toEqual([[], []]);
    },
  );

  it('never lead rows elsewhere', async () => {
    const other = await host();
    for (const status of [301, 302, 303]) {
      peer.handle = leadTo(`${other.url}/end`, status);
      expect((await post(client())).status).toBe(status);
    }
    for (const status of [307, 308]) {
      peer.handle = leadTo(`${other.url}/end`, status);
      await expect(post(client())).rejects.toMatchObject({ message: expect.stringContaining('leads elsewhere') });
    }
    expect(other.seen).toEqual([]);
    peer.handle = leadTo('/end', 307);
    expect((await post(client())).status).toBe(200);
    expect(peer.seen.at(-1)).toMatchObject({ method: 'POST', url: '/end', body: '{}' });
  });

  it('end', async () => {
    peer.handle = leadTo('/again');
    expect(await problemOf(get(client()))).toBe('protocol');
    expect(peer.seen).toHaveLength(4);
    for (const location of ['file:///etc/passwd', 'ftp://127.0.0.1/', 'http://']) {
      peer.handle = leadTo(location);
      expect(await problemOf(get(client()))).toBe('protocol');
    }
  });

  it('do not get past the policy, however this machine is spelled', async () => {
    const canary = await host();
    const { port } = new URL(canary.url);
    const own = new URL(peer.url).port;
    // Whatever is no address is a name of this machine.
    const strict = new Dialer(new OutboundPolicy([`127.0.0.1:${own}`]), async () => ['127.0.0.1']);
    for (const spelling of LOOPBACK_SPELLINGS) {
      for (const scheme of ['http', 'https']) {
        const target = `${scheme}://${spelling}:${port}/end`;
        peer.handle = leadTo(target);
        const one = client({ dialer: strict });
        expect(await problemOf(get(one)), target).not.toBe('answered');
        const url = URL.parse(target);
        if (url !== null) expect(await problemOf(one.send({ method: 'GET', url })), target).not.toBe('answered');
        await one.close();
      }
    }
    expect(canary.seen).toEqual([]);
  });
});

describe('another attempt', () => {
  const failing =
    (times: number, status: number, headers: Record<string, string> = {}): Handler =>
    (_request, response) => {
      response.writeHead(peer.seen.length <= times ? status : 200, headers).end();
    };

  it.each([408, 429, 500, 502, 503, 504])('is made for %i', async (status) => {
    peer.handle = failing(1, status, { 'retry-after': '0' });
    expect((await get(client({ retries: 1 }))).status).toBe(200);
  });

  it('of what may do its work twice is made only when it was turned away', async () => {
    // Proxies say 503 as well when a system went away in the middle; without a time to come again.
    peer.handle = failing(1, 503);
    expect((await post(client({ retries: 3 }))).status).toBe(503);
    for (const status of [429, 503]) {
      peer.seen.length = 0;
      peer.handle = failing(1, status, { 'retry-after': '0' });
      expect((await post(client({ retries: 3 }))).status).toBe(200);
    }
    peer.handle = ({ socket }) => socket.destroy();
    peer.seen.length = 0;
    expect(await problemOf(post(client({ retries: 3 })))).toBe('unknown_outcome');
    expect(peer.seen).toHaveLength(1);
  });

  it('is made for a broken connection, as often as allowed', async () => {
    peer.handle = ({ socket }) => socket.destroy();
    expect(await problemOf(get(client({ retries: 2 })))).toBe('broken');
    expect(peer.seen).toHaveLength(3);
  });

  it('is not made when it is asked to wait for hours', async () => {
    peer.handle = failing(9, 503, { 'retry-after': '7200' });
    expect((await get(client({ retries: 3 }))).status).toBe(503);
    expect(peer.seen).toHaveLength(1);
  });

  it('is not waited for when it is stopped', async () => {
    const stop = new AbortController();
    peer.handle = (_request, response) => {
      response.writeHead(503, { 'retry-after': '60' }).end();
      stop.abort(new Error('enough'));
    };
    await expect(get(client({ retries: 3 }), '/', stop.signal)).rejects.toThrow('enough');
  });

  it('says that nothing was sent when nobody listens', async () => {
    const gone = await host();
    await new Promise((resolve) => gone.server.close(resolve));
    expect(await problemOf(client().send({ method: 'POST', url: new URL(gone.url), body: 'x' }))).toBe('refused');
  });
});

describe('an answer', () => {
  it('ends in time, whether nothing comes or a little now and then', async () => {
    peer.handle = () => undefined;
    expect(await problemOf(get(client({ timeoutSeconds: 0.2 })))).toBe('timeout');
    expect(await problemOf(post(client({ timeoutSeconds: 0.2 })))).toBe('unknown_outcome');
    peer.handle = (_request, response) => {
      const timer = setInterval(() => response.write('.'), 10);
      response.on('close', () => clearInterval(timer));
    };
    expect(await problemOf(get(client({ timeoutSeconds: 0.3 })))).toBe('timeout');
  });

  it('is unpacked, and no larger than allowed', async () => {
    for (const [encoding, pack] of [
      ['gzip', gzipSync],
      ['br', brotliCompressSync],
    ] as const) {
      peer.handle = (_request, response) =>
        response.writeHead(200, { 'content-encoding': encoding }).end(pack('packed'));
      expect(textOf(await get(client()))).toBe('packed');
      const bomb = pack(Buffer.alloc(64 * 1024 * 1024));
      peer.handle = (_request, response) => response.writeHead(200, { 'content-encoding': encoding }).end(bomb);
      expect(await problemOf(get(client()))).toBe('too_large');
      peer.handle = (_request, response) => response.writeHead(200, { 'content-encoding': encoding }).end('not packed');
      expect(await problemOf(get(client()))).toBe('protocol');
    }
    peer.handle = (_request, response) => {
      const more = (): boolean => response.writable && response.write(Buffer.alloc(65_536)) && more();
      response.on('drain', more);
      more();
    };
    expect(await problemOf(get(client()))).toBe('too_large');
  });

  it('that is no HTTP is told as such', async () => {
    peer.handle = ({ socket }) => socket.end('SSH-2.0-OpenSSH_9.2\r\n');
    expect(await problemOf(get(client()))).toBe('protocol');
    expect(await problemOf(client().send({ method: 'GET', url: new URL(peer.url.replace('http', 'https')) }))).toBe(
      'tls',
    );
  });
});

it('starts no more requests in a second than allowed', async () => {
  const one = client({ requestsPerSecond: 50 });
  const start = performance.now();
  await Promise.all(Array.from({ length: 11 }, () => get(one)));
  expect(performance.now() - start).toBeGreaterThanOrEqual(195);
});

it('keeps cookies for whom they are from', async () => {
  const other = await host();
  peer.handle = (_request, response) =>
    response.writeHead(200, { 'set-cookie': ['a=1; Path=/', 'b=2; HttpOnly'] }).end();
  const one = client({ cookies: true });
  await get(one);
  await get(one);
  expect(peer.seen[1]?.headers.cookie).toBe('a=1; b=2');
  await one.send({ method: 'GET', url: new URL(other.url.replace('127.0.0.1', '127.0.0.2')) }).catch(() => undefined);
  expect(other.seen[0]?.headers.cookie).toBeUndefined();
});
