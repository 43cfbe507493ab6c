import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import type { Broker } from '../testing/start-broker.ts';
import { startNats, startRedis } from '../testing/start-broker.ts';
import { streamTo } from '../testing/stream-to.ts';
import { openTarget } from './open-target.ts';

/** A receiver that hangs when it is told to, as a broker does. */
async function startReceiver(): Promise<Broker> {
  let isHanging = false;
  const server = createServer((request, response) => {
    request.resume();
    if (!isHanging) response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const end = async (): Promise<void> => {
    server.closeAllConnections();
    server.close();
  };
  return {
    port: (server.address() as AddressInfo).port,
    start: async () => undefined,
    kill: end,
    hang: () => {
      isHanging = true;
    },
    stop: end,
  };
}

const STARTS = { http: startReceiver, nats: startNats, redis: startRedis } as const;
const SCHEMES = Object.keys(STARTS) as (keyof typeof STARTS)[];

/** A server and a way to it that waits half a second for an answer. */
async function start(scheme: keyof typeof STARTS) {
  const server = await STARTS[scheme]();
  onTestFinished(() => server.stop());
  const target = openTarget(`${scheme}://127.0.0.1:${server.port}`, { topic: 'orders', stream: 's', answerMs: 500 });
  return { server, target };
}

it.each(SCHEMES)('gives up on %s that takes connections and answers nobody', async (scheme) => {
  const { server, target } = await start(scheme);
  server.hang();
  const report = await streamTo(target, { rows: 10, giveUpMs: 200 });
  expect(report).toMatchObject({ ending: 'failed', acknowledged: 0, error: { code: 'target_unreachable' } });
});

it.each(SCHEMES)('gives up on %s that hangs in the middle, and says what has come', async (scheme) => {
  const { server, target } = await start(scheme);
  const report = await streamTo(target, {
    rows: 20_000,
    giveUpMs: 200,
    onProgress: ({ acknowledged }) => acknowledged > 0 && server.hang(),
  });
  expect(report).toMatchObject({ ending: 'failed', error: { code: 'target_unreachable' } });
  expect(report.acknowledged).toBeGreaterThan(0);
  expect(report.next).toBeLessThan(20_000);
});
