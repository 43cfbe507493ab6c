import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { freePort } from '../../../connectors/src/testing/free-port.ts';
import { streamTo } from '../testing/stream-to.ts';
import { openTarget } from './open-target.ts';

interface Asked {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A server that notes what it was asked, and answers as it is told: a status, or `cut` for a connection that ends. */
async function receiver(answer: (nth: number, response: ServerResponse) => number | 'cut' = () => 204) {
  const asked: Asked[] = [];
  let [open, most, nth] = [0, 0, 0];
  const server = createServer((request, response) => {
    open += 1;
    most = Math.max(most, open);
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      asked.push({ headers: request.headers, body });
      // The next turn of the loop: so requests can be seen beside each other.
      setImmediate(() => {
        open -= 1;
        const status = answer(nth++, response);
        if (status === 'cut') request.socket.destroy();
        else response.writeHead(status).end(status === 204 ? undefined : 'some answer');
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { asked, most: () => most, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/events` };
}

const idsOf = (asked: readonly Asked[]): number[] =>
  asked.flatMap(({ body }) => [JSON.parse(body)].flat().map(({ id }: { id: number }) => id));

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

it('sends each row as a request with its key and the headers that were given', async () => {
  const { asked, url, most } = await receiver();
  const target = openTarget(url.replace('//', '//ann:s3cr3t@'), {
    ...{ stream: 's', headers: { 'x-tenant': 'demo' }, atOnce: 4 },
  });
  expect(target.shown).toBe(url);
  expect(await streamTo(target, { rows: 300 })).toMatchObject({ ending: 'done', acknowledged: 300 });
  expect(idsOf(asked).sort((one, other) => one - other)).toEqual(upTo(300));
  expect(new Set(asked.map(({ headers }) => headers['idempotency-key'])).size).toBe(300);
  expect(asked[0]?.headers).toMatchObject({
    'content-type': 'application/json',
    'x-tenant': 'demo',
    authorization: `Basic ${Buffer.from('ann:s3cr3t').toString('base64')}`,
  });
  expect(most()).toBeLessThanOrEqual(4);
});

it('sends so many rows in a request', async () => {
  const { asked, url } = await receiver();
  await streamTo(openTarget(url, { stream: 's' }), { rows: 250, shape: { kind: 'array', rows: 100 } });
  expect(asked.map(({ body }) => (JSON.parse(body) as unknown[]).length)).toEqual([100, 100, 50]);
  expect(asked.map(({ headers }) => headers['idempotency-key'])).toEqual(['s-0-100', 's-100-200', 's-200-250']);
  expect(idsOf(asked)).toEqual(upTo(250));
});

it('sends again what was not acknowledged, and nothing else', async () => {
  const faults: readonly (number | 'cut')[] = [503, 204, 'cut', 429, 204, 500, 'cut'];
  const { asked, url } = await receiver((nth, response) => {
    response.setHeader('retry-after', '0');
    return faults[nth % 20] ?? 200;
  });
  const report = await streamTo(openTarget(url, { stream: 's', atOnce: 3 }), { rows: 60 });
  expect(report).toMatchObject({ ending: 'done', acknowledged: 60, next: 60, ahead: 0, doubtful: 0 });
  expect(new Set(idsOf(asked))).toEqual(new Set(upTo(60)));
  expect(asked.length - 60).toBe(report.repeated);
  for (const id of upTo(60)) {
    const keys = asked.filter(({ body }) => (JSON.parse(body) as { id: number }).id === id);
    expect(new Set(keys.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
  }
});

it.each([301, 400, 401, 413])('ends with %i, and follows nowhere', async (status) => {
  const { asked, url } = await receiver((nth, response) => {
    response.setHeader('location', url);
    return nth === 2 ? status : 200;
  });
  const report = await streamTo(openTarget(`${url}?token=s3cr3t`, { stream: 's' }), { rows: 10 });
  expect(report).toMatchObject({ ending: 'failed', acknowledged: 2, next: 2, error: { code: 'target_refused' } });
  expect(String(report.error)).toContain(`${status}`);
  expect(String(report.error)).not.toContain('s3cr3t');
  expect(asked).toHaveLength(3);
});

it('gives up on a server that is not there, and has sent nothing to it', async () => {
  const url = `http://127.0.0.1:${await freePort()}/`;
  const report = await streamTo(openTarget(url, { stream: 's' }), { rows: 10, giveUpMs: 300 });
  expect(report).toMatchObject({ ending: 'failed', acknowledged: 0, doubtful: 0, repeated: 0 });
  expect(report.error).toMatchObject({ code: 'target_unreachable' });
});

it('says that a port is none of HTTP, where `fetch` refuses to ask', async () => {
  const report = await streamTo(openTarget('http://127.0.0.1:6000/', { stream: 's' }), { rows: 1 });
  expect(report).toMatchObject({ ending: 'failed', losses: 0, error: { code: 'target_refused' } });
});
