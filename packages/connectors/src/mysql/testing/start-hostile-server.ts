import { createServer, type Socket } from 'node:net';

/** What a server sends next: packets, each a text of its bytes in latin1. When there are no more, it breaks the connection. */
export type Turn = readonly string[];

export interface HostileServer {
  readonly port: number;
  /** Payloads that the client sent, in order. */
  readonly heard: readonly Buffer[];
  stop(): Promise<void>;
}

/** PROTOCOL_41, SECURE_CONNECTION, PLUGIN_AUTH, CONNECT_WITH_DB, TRANSACTIONS and LOCAL_FILES. */
const CAPABILITIES = 0x0008_a288;

/** `OK` of the protocol, with nothing to say. */
export const OK = '\0\0\0\x02\0\0\0';

/** Asks the client to sign in by another way. */
export const authSwitch = (plugin: string): string => `\xfe${plugin}\0${'s'.repeat(20)}\0`;

/** A server that speaks the protocol as far as signing in (MySQL Internals, "Connection Phase"), and then says what a test wants. */
export async function startHostileServer(plugin: string, turns: readonly Turn[]): Promise<HostileServer> {
  const heard: Buffer[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    const left = [...turns];
    let rest: Buffer = Buffer.alloc(0);
    socket.write(packet(greeting(plugin).toString('latin1'), 0));
    socket.on('data', (chunk) => {
      rest = Buffer.concat([rest, chunk]);
      while (rest.length >= 4 && rest.length >= 4 + rest.readUIntLE(0, 3)) {
        const length = rest.readUIntLE(0, 3);
        heard.push(rest.subarray(4, 4 + length));
        const turn = left.shift();
        if (turn === undefined) socket.destroy();
        for (const [i, payload] of (turn ?? []).entries()) socket.write(packet(payload, (rest[3] ?? 0) + 1 + i));
        rest = rest.subarray(4 + length);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as { port: number }).port,
    heard,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function packet(payload: string, sequence: number): Buffer {
  const body = Buffer.from(payload, 'latin1');
  const header = Buffer.alloc(4);
  header.writeUIntLE(body.length, 0, 3);
  header[3] = sequence;
  return Buffer.concat([header, body]);
}

function greeting(plugin: string): Buffer {
  const numbers = Buffer.alloc(18);
  numbers.writeUInt16LE(CAPABILITIES & 0xffff, 0);
  numbers[2] = 45;
  numbers.writeUInt16LE(2, 3);
  numbers.writeUInt16LE(CAPABILITIES >>> 16, 5);
  numbers[7] = 21;
  return Buffer.concat([
    Buffer.from('\x0a8.4.3\0\x07\0\0\0ssssssss\0', 'latin1'),
    numbers,
    Buffer.from(`ssssssssssss\0${plugin}\0`, 'latin1'),
  ]);
}
