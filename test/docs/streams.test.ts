import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { startNats, startRedis } from '../../packages/streams/src/testing/start-broker.ts';
import { runPage } from './run-page.ts';

it('streams does what it shows', { timeout: 120_000 }, async () => {
  const [nats, redis] = await Promise.all([startNats(), startRedis()]);
  onTestFinished(async () => void (await Promise.all([nats.stop(), redis.stop()])));
  let rows = 0;
  const receiver = createServer(async (request, response) => {
    rows += (JSON.parse(Buffer.concat(await request.toArray()).toString()) as unknown[]).length;
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    receiver.closeAllConnections();
    receiver.close();
  });
  await runPage('docs/how-to/streams.md', {
    saved: ['order.json'],
    here: {
      'nats://127.0.0.1:4222': `nats://127.0.0.1:${nats.port}`,
      'redis://127.0.0.1:6379': `redis://127.0.0.1:${redis.port}`,
      'http://127.0.0.1:8080': `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`,
    },
  });
  expect(rows).toBe(300);
});
