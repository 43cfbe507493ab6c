import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startOn, type TestServer } from '../../testing/servers.ts';

/** A megabyte in JSON: of twenty such answers that nobody reads the system takes about half. */
const bodyOf = (seed: string): string =>
  JSON.stringify({
    schema_fields: Array.from({ length: 9 }, (_, index) => ({ name: `text${index}`, type: 'sentence' })),
    count: 2000,
    seed,
  });
const SLOW = Array.from({ length: 20 }, (_, index) => `slow${index}`);

let server: TestServer;
beforeAll(async () => {
  server = await startOn('external');
});
afterAll(() => server?.close());

const recordsOf = (body: string): string => body.slice(0, body.indexOf(',"count":'));

async function ask(seed: string): Promise<string> {
  const headers = { 'content-type': 'application/json', 'x-api-key': server.key };
  const answer = await fetch(`${server.client.url}/api/v1/generate`, { method: 'POST', headers, body: bodyOf(seed) });
  expect(answer.status).toBe(200);
  return recordsOf(await answer.text());
}

/** The bodies of answers that follow each other. */
function bodiesOf(text: string): string[] {
  const bodies: string[] = [];
  for (let at = 0; at < text.length; ) {
    const body = text.indexOf('\r\n\r\n', at) + 4;
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(text.slice(at, body))?.[1]);
    bodies.push(text.slice(body, body + length));
    at = body + length;
  }
  return bodies;
}

describe('who reads slowly', () => {
  it('gets the rows that were asked for, though others are answered before the first is read', async () => {
    const { hostname, port, host } = new URL(server.client.url);
    const socket = connect({ host: hostname, port: Number(port) });
    onTestFinished(() => void socket.destroy());
    const head = `POST /api/v1/generate HTTP/1.1\r\nhost: ${host}\r\nx-api-key: ${server.key}\r\ncontent-type: application/json\r\n`;
    const others: string[] = [];
    for (const seed of SLOW) {
      const body = bodyOf(seed);
      const last = seed === SLOW.at(-1) ? 'connection: close\r\n' : '';
      socket.write(`${head}${last}content-length: ${body.length}\r\n\r\n${body}`);
      others.push(await ask(`not ${seed}`));
    }
    const chunks: Buffer[] = [];
    for await (const chunk of socket) chunks.push(chunk as Buffer);
    const slow = bodiesOf(Buffer.concat(chunks).toString('latin1')).map(recordsOf);
    const again: string[] = [];
    for (const seed of [...SLOW, ...SLOW.map((each) => `not ${each}`)]) again.push(await ask(seed));
    // Texts of a megabyte are not for a failure's message.
    expect([...slow, ...others].map((records, index) => records === again[index])).toEqual(again.map(() => true));
    expect(new Set(again).size).toBe(again.length);
  });
});
