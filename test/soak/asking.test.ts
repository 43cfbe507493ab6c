import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { askingOf } from './asking.ts';

it('fails where there is no answer, or one without an end', async () => {
  const server = createServer((request, response) => {
    if (request.url === '/endless') response.write('and so on');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const { ask, bytes } = askingOf(`http://127.0.0.1:${port}`, 'key', 50);
  await expect(ask('GET', '/silent')).rejects.toThrow('GET /silent');
  await expect(bytes('GET', '/endless')).rejects.toThrow('GET /endless');
  server.closeAllConnections();
  server.close();
});
