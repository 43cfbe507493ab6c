import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect, it, onTestFinished } from 'vitest';
import { DataMaker } from '../../packages/sdk/src/index.ts';

/** What a download from a server with such answers gives. */
async function downloaded(answer: RequestListener): Promise<Buffer> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close().closeAllConnections());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const chunks: Uint8Array[] = [];
  for await (const chunk of new DataMaker({ url, apiKey: 'k' }).jobs.get('run_1').download()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

it('takes bytes as they are stored', async () => {
  const bytes = await downloaded(({ headers }, response) => {
    expect(headers['accept-encoding']).toBe('identity');
    response.setHeader('content-length', 3).end('a\nb');
  });
  expect(bytes.toString()).toBe('a\nb');
});

it('takes nothing for a whole file that does not say how long it is', async () => {
  const unsaid = downloaded((_, response) => response.write('a\n', () => response.end()));
  await expect(unsaid).rejects.toMatchObject({ code: 'invalid_answer' });
  const packed = gzipSync('a\nb\n');
  const encoded = downloaded((_, response) => {
    response.setHeader('content-encoding', 'gzip').setHeader('content-length', packed.length).end(packed);
  });
  await expect(encoded).rejects.toMatchObject({ code: 'invalid_answer' });
});
