import { createServer, type Socket } from 'node:net';
import { BSON, type Document } from 'mongodb';

const [OP_REPLY, OP_QUERY, OP_MSG] = [1, 2004, 2013];

/** Something that speaks as far as `hello` in the way of MongoDB, and says what it is told to of its replica set. */
export async function startMember(hello: Document): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const answer = BSON.serialize({
    ok: 1,
    isWritablePrimary: false,
    ismaster: false,
    maxWireVersion: 21,
    minWireVersion: 0,
    maxBsonObjectSize: 16_777_216,
    maxMessageSizeBytes: 48_000_000,
    maxWriteBatchSize: 100_000,
    ...hello,
  });
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    let waiting = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      waiting = Buffer.concat([waiting, chunk]);
      while (waiting.length >= 16 && waiting.length >= waiting.readInt32LE(0)) {
        const [length, request, code] = [waiting.readInt32LE(0), waiting.readInt32LE(4), waiting.readInt32LE(12)];
        waiting = waiting.subarray(length);
        socket.write(reply(code === OP_QUERY ? OP_REPLY : OP_MSG, request, answer));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as { port: number }).port,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Length, own number, number of the request and kind; then what each kind has in front of its document. */
function reply(code: number, request: number, document: Uint8Array): Buffer {
  const front = Buffer.alloc(code === OP_REPLY ? 20 : 5);
  // One document is in it.
  if (code === OP_REPLY) front.writeInt32LE(1, 16);
  const header = Buffer.alloc(16);
  header.writeInt32LE(16 + front.length + document.length, 0);
  header.writeInt32LE(request, 8);
  header.writeInt32LE(code, 12);
  return Buffer.concat([header, front, document]);
}
