import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Stands between clients and a server, and loses answers. */
export interface LossyProxy {
  readonly url: string;
  /** How many answers were lost. */
  readonly lost: number;
  close(): Promise<void>;
}

/**
 * Passes on what clients send, one request for each connection, and cuts a share of the connections: when the request has gone
 * through, when the answer comes, or in the middle of it.
 * @param seed decides which
 */
export async function startLossyProxy(target: string, share: number, seed: string): Promise<LossyProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let connections = 0;
  let lost = 0;
  const proxy = createServer((client) => {
    const drawn = createHash('sha256').update(`${seed} ${++connections}`).digest();
    const isLost = drawn.readUInt32BE(0) < share * 2 ** 32;
    const how = (['asked', 'answered', 'half'] as const)[drawn.readUInt8(4) % 3];
    const server = connect(Number(port), hostname);
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    }
    const lose = (): void => {
      lost++;
      client.destroy();
      // The server has its request and goes on.
      server.resume();
    };
    client.on('end', () => server.end());
    server.on('end', () => client.end());
    client.on('data', (chunk) => {
      server.write(chunk, () => {
        if (isLost && how === 'asked' && !client.destroyed) lose();
      });
    });
    server.on('data', (chunk: Buffer) => {
      if (client.destroyed) return;
      if (!isLost) client.write(chunk);
      else if (how === 'half') client.write(chunk.subarray(0, chunk.length / 2), lose);
      else lose();
    });
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    get lost() {
      return lost;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      proxy.close();
      await once(proxy, 'close');
    },
  };
}
