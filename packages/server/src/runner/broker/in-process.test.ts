import { createHash } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { type Duplex, Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { inProcess } from './in-process.ts';

const sent = (more: object = {}) => ({
  method: 'GET',
  path: '/',
  headers: { host: 'datamaker' },
  body: Readable.from([]) as Readable,
  signal: new AbortController().signal,
  ...more,
});

it('hands on a body and its answer, whatever their size', async () => {
  const bytes = Buffer.alloc(20 * 1024 * 1024, 'rows');
  const echo: RequestListener = (request, response) => {
    response.writeHead(201, { 'x-asked': `${request.method} ${request.url}` });
    request.pipe(response);
  };
  const ask = inProcess(echo, () => undefined);
  const answer = await ask(sent({ method: 'POST', path: '/a?b=%20', body: Readable.from([bytes]) }));
  expect(answer.status).toBe(201);
  expect(answer.headers['x-asked']).toBe('POST /a?b=%20');
  const hash = (of: Uint8Array): string => createHash('sha256').update(of).digest('hex');
  expect(hash(await buffer(answer.body))).toBe(hash(bytes));
});

it('says which connection is whose, and no other is', async () => {
  const ours = new WeakSet<object>();
  const answers: boolean[] = [];
  const listener: RequestListener = ({ socket }, response) => {
    answers.push(ours.has(socket));
    response.end('done');
  };
  const one = inProcess(listener, (socket) => void ours.add(socket));
  const other = inProcess(listener, () => undefined);
  expect(await text((await one(sent())).body)).toBe('done');
  expect(await text((await other(sent())).body)).toBe('done');
  expect(answers).toEqual([true, false]);
});

it('gives an answer that comes before the body has been read', async () => {
  const ask = inProcess(
    (_request, response) => response.writeHead(413).end('too large'),
    () => undefined,
  );
  const answer = await ask(sent({ method: 'POST', body: Readable.from([Buffer.alloc(10 * 1024 * 1024)]) }));
  expect([answer.status, await text(answer.body)]).toEqual([413, 'too large']);
});

it('tells the application when nobody waits any more', async () => {
  const gone = new AbortController();
  let connection: Duplex | undefined;
  const closed = Promise.withResolvers<void>();
  const ask = inProcess(
    (_request, response) => {
      response.once('close', () => closed.resolve());
      response.write('begun');
    },
    (socket) => {
      connection = socket;
    },
  );
  const answer = await ask(sent({ signal: gone.signal }));
  gone.abort();
  await closed.promise;
  await expect(text(answer.body)).rejects.toThrow();
  expect(connection?.destroyed).toBe(true);
});

it('fails where the application breaks off', async () => {
  const ask = inProcess(
    ({ socket }) => socket.destroy(),
    () => undefined,
  );
  await expect(ask(sent())).rejects.toThrow();
  const begun = inProcess(
    ({ socket }, response) => response.write('begun', () => socket.destroy()),
    () => undefined,
  );
  await expect(text((await begun(sent())).body)).rejects.toThrow();
});
