import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { expect, it } from 'vitest';
import { Frames } from './frames.ts';

const ANSWERS = 30;
const ANSWER = 'x'.repeat(1024 * 1024);

const message = (body: string): Buffer => {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(Buffer.byteLength(body));
  return Buffer.concat([head, Buffer.from(body)]);
};

it('takes nothing more from whoever does not read what was sent', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const peer = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const [socket] = (await once(server, 'connection')) as [Socket];
  try {
    const unread: number[] = [];
    const frames = new Frames(
      socket,
      () => {
        unread.push(socket.writableLength);
        frames.send(ANSWER);
        // From now on it reads.
        peer.resume();
      },
      (error) => socket.destroy(error),
    );
    let bytes = 0;
    const all = new Promise<void>((resolve) => {
      peer.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes === ANSWERS * (ANSWER.length + 6)) resolve();
      });
    });
    peer.pause();
    peer.write(Buffer.concat(Array.from({ length: ANSWERS }, (_, i) => message(`{"ask":${i}}`))));
    await all;
    expect(unread).toEqual(Array(ANSWERS).fill(0));
  } finally {
    peer.destroy();
    socket.destroy();
    server.close();
  }
});
