import { type AddressInfo, createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { streamTo } from '../testing/stream-to.ts';
import { openTarget } from './open-target.ts';

it.each(['nats', 'redis'])('reaches %s at the port of an IPv6 address', async (scheme) => {
  let dialled = 0;
  const server = createServer((socket) => {
    dialled += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '::1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const target = openTarget(`${scheme}://[::1]:${port}`, { topic: 'a', stream: 's' });
  const report = await streamTo(target, { rows: 1, giveUpMs: 1 });
  expect(report).toMatchObject({ ending: 'failed', error: { code: 'target_unreachable' } });
  expect(dialled).toBeGreaterThan(0);
});
