import { createServer, type Server } from 'node:https';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ConnectionError } from '../connection-error.ts';
import { Dialer } from '../dial/dialer.ts';
import { OutboundPolicy } from '../dial/outbound-policy.ts';
import { type SelfSigned, selfSigned } from '../testing/self-signed.ts';
import { HttpClient } from './http-client.ts';
import type { TlsOptions } from './tls-options.ts';

let own: SelfSigned;
let server: Server;
let port: number;
let ca: string;
beforeAll(async () => {
  own = selfSigned('good.example');
  ca = own.cert;
  server = createServer(own, (_request, response) => response.end('ok'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as { port: number }).port;
});
afterAll(() => {
  server.close();
  own.remove();
});

async function ask(host: string, tls?: TlsOptions): Promise<string | number> {
  const dialer = new Dialer(new OutboundPolicy(['127.0.0.1']), async () => ['127.0.0.1']);
  const client = new HttpClient({
    dialer,
    tls,
    headers: {},
    timeoutSeconds: 5,
    retries: 0,
    concurrency: 1,
    responseLimitMib: 1,
  });
  try {
    return (await client.send({ method: 'GET', url: new URL(`https://${host}:${port}/`) })).status;
  } catch (error) {
    return (error as ConnectionError).problem;
  } finally {
    await client.close();
  }
}

it('trusts whom it is told to, and nobody else', async () => {
  expect(await ask('good.example')).toBe('tls');
  expect(await ask('good.example', { mode: 'verify-full', ca })).toBe(200);
  expect(await ask('other.example', { mode: 'verify-full', ca })).toBe('tls');
  expect(await ask('other.example', { mode: 'verify-ca', ca })).toBe(200);
  expect(await ask('other.example', { mode: 'verify-ca' })).toBe('tls');
  expect(await ask('127.0.0.1', { mode: 'require' })).toBe(200);
  expect(await ask('127.0.0.1', { mode: 'verify-full', ca })).toBe('tls');
});
