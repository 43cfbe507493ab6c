import { connect, createServer, type Socket } from 'node:net';

/** What a proxy does with bytes of the client: hands them on; hands them on and breaks the connection before the answer; breaks it. */
export type Deed = 'pass' | 'pass_then_cut' | 'cut' | 'swallow';

export interface FaultProxy {
  readonly port: number;
  /** Asked for each chunk of the client; `pass` unless set. */
  onClient: (chunk: Buffer) => Deed;
  /** Bytes that came from the client and from the server. */
  readonly bytes: { client: number; server: number };
  /** From now on nothing goes either way, and nobody is told. */
  freeze(): void;
  /** Breaks all connections. */
  cut(): void;
  stop(): Promise<void>;
}

/** A proxy on 127.0.0.1 in front of a server, for what goes wrong on a network. */
export async function startFaultProxy(target: { readonly host: string; readonly port: number }): Promise<FaultProxy> {
  const sockets = new Set<Socket>();
  const bytes = { client: 0, server: 0 };
  let isFrozen = false;
  const listener = createServer((client) => {
    const server = connect({ ...target, noDelay: true });
    client.setNoDelay(true);
    const cut = (): void => {
      client.destroy();
      server.destroy();
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
    client.on('data', (chunk) => {
      if (isFrozen) return;
      bytes.client += chunk.length;
      const deed = proxy.onClient(chunk);
      if (deed === 'cut') return cut();
      if (deed === 'swallow') return;
      if (deed === 'pass') {
        if (!server.write(chunk)) client.pause();
        return;
      }
      // The server gets it, the client gets nothing any more; the server's answer shows that it has done it.
      isMute = true;
      server.once('data', cut);
      server.write(chunk);
    });
    server.on('drain', () => client.resume());
    client.on('drain', () => server.resume());
    server.on('data', (chunk) => {
      if (isFrozen || isMute) return;
      bytes.server += chunk.length;
      if (!client.write(chunk)) server.pause();
    });
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const proxy: FaultProxy = {
    port: (listener.address() as { port: number }).port,
    onClient: () => 'pass',
    bytes,
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
