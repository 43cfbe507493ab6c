import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Pump, sendChunks } from './send-chunks.ts';

let pump: Pump = async () => undefined;
let outcome: unknown;
let last: FastifyRequest | undefined;
const app = fastify();
app.get('/', async (request: FastifyRequest, reply: FastifyReply) => {
  last = request;
  const head = (): void => {
    reply.code(200).header('X-Head', 'sent');
  };
  outcome = await sendChunks(request, reply, head, pump);
  return reply;
});
let url: string;
beforeAll(async () => {
  url = await app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => app.close());

const bytes = (text: string): Uint8Array => Buffer.from(text);

it('sends all of it', async () => {
  pump = async (take) => {
    for (const one of ['a', 'b', 'c']) await take(bytes(one));
  };
  const answer = await fetch(url);
  expect([answer.status, answer.headers.get('x-head'), await answer.text()]).toEqual([200, 'sent', 'abc']);
  expect(outcome).toBe(true);
});

it('sends the head also where nothing follows', async () => {
  pump = async () => undefined;
  const answer = await fetch(url);
  expect([answer.status, answer.headers.get('x-head'), await answer.text()]).toEqual([200, 'sent', '']);
});

it('cuts the connection where it fails in the middle: what has come looks like no whole answer', async () => {
  pump = async (take) => {
    await take(bytes('[1,2'));
    throw new Error('there is no more');
  };
  const answer = await fetch(url);
  expect(answer.status).toBe(200);
  await expect(answer.text()).rejects.toThrow();
  expect(outcome).toBe(false);
  expect(last?.fault).toMatchObject({ message: 'there is no more' });
});

it('answers otherwise where it fails before the first byte', async () => {
  pump = async () => {
    throw Object.assign(new Error('not today'), { statusCode: 418 });
  };
  const answer = await fetch(url);
  expect([answer.status, answer.headers.get('x-head')]).toEqual([418, null]);
});
