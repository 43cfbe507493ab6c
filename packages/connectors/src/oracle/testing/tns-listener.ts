import { createServer, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/** What a listener says to who wants to connect: why not, or where else. */
export type TnsAnswer =
  | { readonly refuse: number }
  | { readonly redirect: { readonly host: string; readonly port: number } };

export interface TnsListener {
  readonly port: number;
  /** The descriptors that were sent. */
  readonly asked: string[];
  stop(): Promise<void>;
}

const HEADER = 8;
const CONNECT = 1;
const REFUSE = 4;
const REDIRECT = 5;

/**
 * Speaks as much of TNS on 127.0.0.1 as a listener says before a database takes over: that there is no such service, or that it is elsewhere. Signing in is not part of it.
 * @param tls without, nothing is encrypted
 */
export async function startTnsListener(
  answer: TnsAnswer,
  tls?: { readonly key: string; readonly cert: string },
): Promise<TnsListener> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    const wire = tls === undefined ? socket : new TLSSocket(socket, { isServer: true, ...tls });
    wire.on('error', () => socket.destroy());
    let rest = Buffer.alloc(0);
    wire.on('data', (chunk: Buffer) => {
      rest = Buffer.concat([rest, chunk]);
      if (rest.length < HEADER || rest.length < rest.readUInt16BE(0) || rest[4] !== CONNECT) return;
      asked.push(/\(DESCRIPTION=.*\)/s.exec(rest.toString('latin1'))?.[0] ?? '');
      rest = Buffer.alloc(0);
      wire.write('refuse' in answer ? refused(answer.refuse) : redirected(answer.redirect));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as { port: number }).port,
    asked,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Reasons of user and system, a length, and text. */
const refused = (number: number): Buffer => {
  const text = `(DESCRIPTION=(TMP=)(VSNNUM=318767104)(ERR=${number})(ERROR_STACK=(ERROR=(CODE=${number})(EMFI=4))))`;
  return packet(REFUSE, Buffer.concat([Buffer.from([34, 0, text.length >> 8, text.length & 255]), Buffer.from(text)]));
};

const redirected = ({ host, port }: { host: string; port: number }): Buffer => {
  const text = `(ADDRESS=(PROTOCOL=TCP)(HOST=${host})(PORT=${port}))`;
  return packet(REDIRECT, Buffer.concat([Buffer.from([text.length >> 8, text.length & 255]), Buffer.from(text)]));
};

function packet(type: number, body: Buffer): Buffer {
  const header = Buffer.alloc(HEADER);
  header.writeUInt16BE(HEADER + body.length, 0);
  header[4] = type;
  return Buffer.concat([header, body]);
}
