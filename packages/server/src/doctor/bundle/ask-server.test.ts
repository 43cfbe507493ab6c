import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { askServer } from './ask-server.ts';

async function listening(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it('takes from whatever answers what a server of ours would say, and nothing else', async () => {
  const url = await listening((request, response) => {
    if (request.url === '/readyz')
      response.writeHead(503).end('{"error": {"code": "unavailable", "message": "geheimnis"}}');
    else
      response.end('datamaker_store_up 1\n# HELP datamaker_store_up Whether.\ngeheimnis 1\n<html>geheimnis</html>\n');
  });
  expect(await askServer(url, undefined)).toEqual({
    readiness: { status: 503, told: 'unavailable' },
    metrics: 'datamaker_store_up 1\n# HELP datamaker_store_up Whether.\n',
  });
});

it('does not read on for ever, nor follow to where it is sent', async () => {
  const url = await listening((request, response) => {
    if (request.url === '/readyz') return response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
    const line = `${'x'.repeat(65_535)}\n`;
    const write = (): void => {
      while (!response.destroyed && response.write(line));
      response.once('drain', write);
    };
    write();
  });
  expect(await askServer(url, 'token')).toEqual({ readiness: { status: 302 } });
});

it('says that nobody answers', async () => {
  expect(await askServer('http://127.0.0.1:1', undefined)).toEqual({ readiness: { unread: 'nobody answers' } });
});
