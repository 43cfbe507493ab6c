import { connect, createServer, type Socket } from 'node:net';
import { type Toxic, toxicStream } from './toxics.ts';

/**
 * What a proxy does with bytes of the client: hands them on; hands them on and breaks the connection before the answer; breaks it;
 * drops them; breaks the connection of the client and keeps the bytes for the server until they are released.
 */
export type Deed = 'pass' | 'pass_then_cut' | 'cut' | 'swallow' | 'late';

export interface FaultProxy {
  readonly port: number;
  /** Asked for each chunk of the client; `pass` unless set. */
  onClient: (chunk: Buffer) => Deed;
  /** What is wrong with the network, for connections that are made from now on. */
  toxic: Toxic | undefined;
  /** Bytes that came from the client and from the server. */
  readonly bytes: { client: number; server: number };
  /** Has what was late arrive. @returns how many connections that was */
  release(): number;
  /** From now on nothing goes either way, and nobody is told. */
  freeze(): void;
  /** Breaks all connections. */
  cut(): void;
  stop(): Promise<void>;
}

/** Where the server listens. */
export type ProxyTarget = { readonly host: string; readonly port: number } | { readonly path: string };

/** A proxy on 127.0.0.1 in front of a server, for what goes wrong on a network. */
export async function startFaultProxy(target: ProxyTarget): Promise<FaultProxy> {
  const sockets = new Set<Socket>();
  const bytes = { client: 0, server: 0 };
  let late: (() => void)[] = [];
  let isFrozen = false;
  const listener = createServer({ allowHalfOpen: true }, (client) => {
    const server = connect({ ...target, noDelay: true, allowHalfOpen: true });
    client.setNoDelay(true);
    let isLate = false;
    const cut = (): void => {
      client.destroy();
      if (!isLate) server.destroy();
    };
    let isMute = false;
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('error', cut);
      socket.on('close', () => {
        sockets.delete(socket);
        cut();
      });
    }
    const { toxic } = proxy;
    const up = toxicStream(toxic, 'up', client, server);
    const down = toxicStream(toxic, 'down', server, client);
    client.on('end', () => up.end());
    server.on('end', () => down.end());
    client.on('data', (chunk) => {
      if (isFrozen) return;
      bytes.client += chunk.length;
      const deed = proxy.onClient(chunk);
      if (deed === 'cut') return cut();
      if (deed === 'swallow') return;
      if (deed === 'pass') return up.write(chunk);
      // The server gets it, the client gets nothing any more.
      isMute = true;
      if (deed === 'late') {
        isLate = true;
        late.push(() => void server.end(chunk));
        client.destroy();
        return;
      }
      // The server's answer shows that it has done it.
      server.once('data', cut);
      server.write(chunk);
    });
    server.on('data', (chunk) => {
      if (isFrozen || isMute) return;
      bytes.server += chunk.length;
      down.write(chunk);
    });
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const proxy: FaultProxy = {
    port: (listener.address() as { port: number }).port,
    onClient: () => 'pass',
    toxic: undefined,
    bytes,
    release: () => {
      const released = late;
      late = [];
      for (const send of released) send();
      return released.length;
    },
    freeze: () => {
      isFrozen = true;
    },
    cut: () => {
      for (const socket of sockets) socket.destroy();
    },
    stop: async () => {
      proxy.cut();
      await new Promise((resolve) => listener.close(resolve));
    },
  };
  return proxy;
}
