import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import type { BrokerHandler, BrokerRequest } from './broker-handler.ts';
import { type Broker, type BrokerLimits, openBroker } from './open-broker.ts';

const TOKEN = 'dmr_the_token_of_this_run';
const OTHER = 'dmr_that_of_another_run_x';

let broker: Broker | undefined;
let folder: string;
/** What reached the API. */
let seen: { method: string; path: string; headers: object; body: string }[];
const errors: unknown[] = [];
afterEach(async () => {
  await broker?.close();
  rmSync(folder, { recursive: true, force: true });
  expect(errors.splice(0)).toEqual([]);
});

const noting: BrokerHandler = async (request) => {
  const { method, path, headers } = request;
  seen.push({ method, path, headers, body: await text(request.body) });
  return { status: 200, headers: { 'content-type': 'text/plain' }, body: Readable.from([Buffer.from('done')]) };
};

async function open(handler = noting, limits: Partial<BrokerLimits> = {}): Promise<string> {
  seen = [];
  folder = mkdtempSync(join(tmpdir(), 'dm-broker-'));
  const path = join(folder, 'socket');
  broker = await openBroker({ path, token: TOKEN, handler, limits, onError: (error) => errors.push(error) });
  return path;
}

/** Sends bytes, and reads until the other side closes. */
const send = (path: string, ...pieces: readonly string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(path);
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('error', (error: NodeJS.ErrnoException) =>
      ['EPIPE', 'ECONNRESET'].includes(error.code ?? '') ? resolve(answer) : reject(error),
    );
    socket.on('close', () => resolve(answer));
    for (const piece of pieces) socket.write(piece);
  });

const OWN = `Authorization: Bearer ${TOKEN}\r\n`;
const request = (line: string, headers: string, body = ''): string =>
  `${line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${headers}\r\n${body}`;

describe('the broker of a run', () => {
  it('hands on a request of its run with nothing of the connection and no credential but its own', async () => {
    const path = await open();
    const headers = [
      OWN.trim(),
      `X-API-Key: ${TOKEN}`,
      'Cookie: dms=1',
      'X-Forwarded-For: 10.0.0.1',
      'Forwarded: for=10.0.0.1',
      'Via: 1.1 a',
      'Proxy-Authorization: Basic eDp5',
      'X-Hop: 1',
      'Idempotency-Key: run/1/1',
      'Content-Length: 4',
    ];
    const answer = await send(
      path,
      `POST /connections/a/rows?x=1 HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close, x-hop\r\n${headers.join('\r\n')}\r\n\r\nrows`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n.*done/s);
    expect(seen).toEqual([
      {
        method: 'POST',
        path: '/connections/a/rows?x=1',
        body: 'rows',
        headers: {
          host: 'datamaker',
          authorization: `Bearer ${TOKEN}`,
          'idempotency-key': 'run/1/1',
          'content-length': '4',
        },
      },
    ]);
  });

  it.each([
    ['none', ''],
    ['that of another run', `Authorization: Bearer ${OTHER}\r\n`],
    ['a key of an owner', `Authorization: Bearer dmk_owner_${'a'.repeat(49)}\r\n`],
    ['another one in the second header', `${OWN}X-API-Key: dmk_owner_${'a'.repeat(49)}\r\n`],
    ['another one in the second header alone', `X-API-Key: ${OTHER}\r\n`],
    ['a cookie', 'Cookie: dms=dms_x\r\n'],
    ['its own as a name and a password', `Authorization: Basic ${Buffer.from(`a:${TOKEN}`).toString('base64')}\r\n`],
    ['a part of its own', `Authorization: Bearer ${TOKEN.slice(0, -1)}\r\n`],
    ['its own with more behind it', `Authorization: Bearer ${TOKEN} x\r\n`],
    ['its own twice', `X-API-Key: ${TOKEN}\r\nX-API-Key: ${OTHER}\r\n`],
    ['one for proxies', `Proxy-Authorization: Bearer ${TOKEN}\r\n`],
  ])('refuses a request with another credential: %s', async (_what, headers) => {
    const path = await open();
    expect(await send(path, request('GET /templates', headers))).toMatch(/^HTTP\/1\.1 401 .*"code":"unauthorized"/s);
    expect(seen).toEqual([]);
  });

  it.each([
    ['GET http://169.254.169.254/latest/meta-data'],
    ['GET https://datamaker/templates'],
    ['GET http://127.0.0.1:5432/'],
    ['OPTIONS *'],
    ['CONNECT 127.0.0.1:5432'],
    ['CONNECT datamaker:80'],
    ['TRACE /templates'],
    ['GET templates'],
    ['GET \\\\evil\\share'],
  ])('is no proxy: %s', async (line) => {
    const path = await open();
    expect(await send(path, request(line, OWN))).toMatch(/^HTTP\/1\.1 400 /);
    expect(seen).toEqual([]);
  });

  it('makes no tunnel of an upgrade', async () => {
    const path = await open();
    const answer = await send(
      path,
      `GET /templates HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${OWN}\r\n`,
      request('GET /second', OWN),
    );
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(seen).toEqual([]);
  });

  /** Each has two readings; a second request that only one of them has must not come through. */
  it.each([
    ['both lengths', 'Content-Length: 6\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\nGET /stolen HTTP/1.1\r\n\r\n'],
    ['both lengths, the other way', 'Transfer-Encoding: chunked\r\nContent-Length: 4\r\n', '5c\r\nGET /stolen'],
    ['two lengths', 'Content-Length: 0\r\nContent-Length: 44\r\n', 'GET /stolen HTTP/1.1\r\n\r\n'],
    ['a list of lengths', 'Content-Length: 0, 44\r\n', 'GET /stolen HTTP/1.1\r\n\r\n'],
    ['a length with a sign', 'Content-Length: +0\r\n', 'GET /stolen HTTP/1.1\r\n\r\n'],
    ['a coding that is none', 'Transfer-Encoding: xchunked\r\n', '0\r\n\r\nGET /stolen HTTP/1.1\r\n\r\n'],
    ['a coding that is hidden', 'Transfer-Encoding : chunked\r\n', '0\r\n\r\nGET /stolen HTTP/1.1\r\n\r\n'],
    ['two codings', 'Transfer-Encoding: chunked, identity\r\n', '0\r\n\r\nGET /stolen HTTP/1.1\r\n\r\n'],
    ['a folded header', 'X: a\r\n Transfer-Encoding: chunked\r\n', ''],
    ['a bare line feed', 'X: a\nTransfer-Encoding: chunked\r\n', '0\r\n\r\nGET /stolen HTTP/1.1\r\n\r\n'],
    ['a NUL in a header', 'X: a\0b\r\n', ''],
  ])('lets no request hide in another: %s', async (_what, headers, body) => {
    const path = await open();
    await send(path, `POST /rows HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${OWN}${headers}\r\n${body}`);
    expect(seen.filter(({ path: asked }) => asked.includes('stolen'))).toEqual([]);
    for (const { headers: passed } of seen) expect(passed).not.toHaveProperty('transfer-encoding');
  });

  it('answers requests behind each other in their order, each with its own check', async () => {
    const path = await open();
    const keep = (line: string, headers: string): string => `${line} HTTP/1.1\r\nHost: x\r\n${headers}\r\n`;
    const answer = await send(
      path,
      keep('GET /first', OWN),
      keep('GET /second', `Authorization: Bearer ${OTHER}\r\n`),
      request('GET /third', OWN),
    );
    expect(seen.map((one) => one.path)).toEqual(['/first', '/third']);
    expect(answer.match(/HTTP\/1\.1 (\d+)/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 401', 'HTTP/1.1 200']);
  });

  it('refuses bodies that are too large, told or not, and headers without an end', async () => {
    const path = await open(noting, { bodyBytes: 1000 });
    expect(await send(path, request('POST /rows', `${OWN}Content-Length: 1001\r\n`, 'x'))).toMatch(/^HTTP\/1\.1 413 /);
    const chunk = `ff\r\n${'x'.repeat(255)}\r\n`;
    const chunks = `${OWN}Transfer-Encoding: chunked\r\n`;
    expect(await send(path, request('POST /rows', chunks, chunk.repeat(5)))).toMatch(/^HTTP\/1\.1 413 /);
    expect(await send(path, `GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}`)).toMatch(/^HTTP\/1\.1 400 /);
    expect(seen).toEqual([]);
  });

  it('answers so many at a time, and others when there is room', async () => {
    let running = 0;
    let most = 0;
    const go = Promise.withResolvers<void>();
    const path = await open(
      async () => {
        most = Math.max(most, ++running);
        await go.promise;
        running--;
        return { status: 204, headers: {}, body: Readable.from([]) };
      },
      { atOnce: 3, connections: 10 },
    );
    const answers = Array.from({ length: 10 }, () => send(path, request('GET /slow', OWN)));
    await expect.poll(() => running).toBe(3);
    go.resolve();
    for (const answer of await Promise.all(answers)) expect(answer).toMatch(/^HTTP\/1\.1 204 /);
    expect(most).toBe(3);
  });

  it('closes connections beyond those that a script may have', async () => {
    const path = await open(noting, { connections: 2 });
    const idle = [connect(path), connect(path)];
    await Promise.all(idle.map((socket) => new Promise((resolve) => socket.once('connect', resolve))));
    await expect.poll(() => send(path, request('GET /', OWN))).toBe('');
    for (const socket of idle) socket.destroy();
    await expect.poll(() => send(path, request('GET /', OWN))).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('reads an answer no faster than the script does', async () => {
    let made = 0;
    const endless = new Readable({
      read() {
        made += 65_536;
        this.push(Buffer.alloc(65_536));
      },
    });
    const path = await open(async () => ({ status: 200, headers: {}, body: endless }));
    const socket = connect(path);
    socket.write(request('GET /endless', OWN));
    await new Promise((resolve) => socket.once('data', resolve));
    socket.pause();
    let before = -1;
    // What is in buffers on the way has an end.
    await expect
      .poll(
        () => {
          const isStill = made === before;
          before = made;
          return isStill;
        },
        { interval: 100, timeout: 10_000 },
      )
      .toBe(true);
    expect(made).toBeLessThan(16 * 1024 * 1024);
    socket.destroy();
    await expect.poll(() => endless.destroyed).toBe(true);
  });

  it('tells the API when the script has gone, and cuts a request that takes too long', async () => {
    const asked: BrokerRequest[] = [];
    const never: BrokerHandler = (one) => {
      asked.push(one);
      return new Promise((_, reject) => one.signal.addEventListener('abort', () => reject(one.signal.reason)));
    };
    const path = await open(never, { wallMs: 300 });
    const socket = connect(path);
    socket.write(request('GET /slow', OWN));
    await expect.poll(() => asked.length).toBe(1);
    socket.destroy();
    await expect.poll(() => asked[0]?.signal.aborted).toBe(true);
    expect(await send(path, request('GET /slow', OWN))).toBe('');
    expect(asked.length).toBe(2);
  });

  it('is gone with its run: what is under way is cut, the socket is not there, the token opens nothing', async () => {
    const path = await open(
      (one) => new Promise((_, reject) => one.signal.addEventListener('abort', () => reject(one.signal.reason))),
    );
    const waiting = send(path, request('GET /slow', OWN));
    await expect.poll(() => broker !== undefined).toBe(true);
    const kept = connect(path).on('error', () => undefined);
    await new Promise((resolve) => kept.once('connect', resolve));
    const ended = new Promise((resolve) => kept.once('close', resolve));
    await broker?.close();
    expect(await waiting).toBe('');
    await ended;
    expect(existsSync(path)).toBe(false);
    await expect(send(path, request('GET /', OWN))).rejects.toThrow('ENOENT');
  });
});
