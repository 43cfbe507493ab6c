import { createServer, type Socket } from 'node:net';
import { type Duplex, duplexPair } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { readRpc, type SentStatement } from './read-rpc.ts';
import {
  done,
  errorToken,
  loginAck,
  type PeerError,
  type PeerResult,
  resultTokens,
  routing,
  transactionChange,
} from './tokens.ts';

/** What a peer does with a statement: results, an error, an order to break the connection, or nothing at all. */
export type PeerAnswer = readonly PeerResult[] | PeerError | 'cut' | 'silence' | 'rollback';

export interface TdsPeerOptions {
  /** What is said to somebody who signs in; undefined: welcome. */
  readonly login?: (
    user: string,
    password: string,
  ) => PeerError | { readonly route: { host: string; port: number } } | undefined;
  readonly answer?: (statement: SentStatement) => PeerAnswer;
  /** Without: the peer knows no encryption. */
  readonly tls?: { readonly key: string; readonly cert: string };
}

export interface TdsPeer {
  readonly port: number;
  readonly statements: SentStatement[];
  /** `begin`, `commit`, `rollback`, `attention` and statements, in their order. */
  readonly deeds: string[];
  stop(): Promise<void>;
}

const PRELOGIN = 0x12;
const LOGIN = 0x10;
const RPC = 0x03;
const BATCH = 0x01;
const ATTENTION = 0x06;
const TRANSACTION = 0x0e;
const ANSWER = 0x04;
const PACKET = 4096;

/**
 * Speaks as much of TDS 7.4 on 127.0.0.1 as a driver needs to sign in and to send statements, which are answered as a test says. It knows no SQL:
 * what it shows is what a client sends and how it takes answers, not what a SQL Server makes of it.
 */
export async function startTdsPeer(options: TdsPeerOptions = {}): Promise<TdsPeer> {
  const statements: SentStatement[] = [];
  const deeds: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    let wire: Duplex = socket;
    let transaction = 0;
    let isSilent = false;
    const send = (...tokens: Buffer[]): void => sendPackets(wire, Buffer.concat(tokens));
    const deal = (type: number, message: Buffer): void => {
      if (type === PRELOGIN) {
        send(prelogin(options.tls !== undefined));
        if (options.tls !== undefined) wire = encrypted(socket, options.tls, deal);
      } else if (type === LOGIN) {
        const said = options.login?.(...credentials(message));
        if (said === undefined) send(loginAck(), done());
        else if ('route' in said) send(loginAck(), routing(said.route.host, said.route.port), done());
        else send(errorToken(said), done(2));
      } else if (type === BATCH) {
        send(done());
      } else if (type === ATTENTION) {
        deeds.push('attention');
        // What was not answered is, and then that it was ended.
        if (isSilent) send(done(2));
        isSilent = false;
        send(done(0x20));
      } else if (type === TRANSACTION) {
        transaction = message.readUInt16LE(message.readUInt32LE(0));
        deeds.push({ 5: 'begin', 7: 'commit', 8: 'rollback' }[transaction] ?? String(transaction));
        send(transactionChange(transaction === 5 ? 8 : transaction === 7 ? 9 : 10), done());
      } else if (type === RPC) {
        const statement = readRpc(message);
        statements.push(statement);
        deeds.push(statement.text);
        const answer = options.answer?.(statement) ?? [];
        isSilent = answer === 'silence';
        if (answer === 'cut') socket.destroy();
        else if (answer === 'rollback')
          send(transactionChange(10), errorToken({ number: 1205, message: 'deadlock' }), done(2));
        else if (answer !== 'silence') {
          send(
            ...('number' in answer
              ? [errorToken(answer), done(2)]
              : [...answer.flatMap((one) => [resultTokens(one), done(1)]), done()]),
          );
        }
      }
    };
    readPackets(socket, deal, () => wire === socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as { port: number }).port,
    statements,
    deeds,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Gathers packets of eight bytes of header each into messages. */
function readPackets(from: Duplex, deal: (type: number, message: Buffer) => void, isMine = (): boolean => true): void {
  let rest = Buffer.alloc(0);
  let parts: Buffer[] = [];
  from.on('data', (chunk: Buffer) => {
    if (!isMine()) return;
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 8 && rest.length >= rest.readUInt16BE(2)) {
      const packet = rest.subarray(0, rest.readUInt16BE(2));
      rest = rest.subarray(packet.length);
      parts.push(packet.subarray(8));
      if (((packet[1] as number) & 1) === 0) continue;
      const message = Buffer.concat(parts);
      parts = [];
      deal(packet[0] as number, message);
    }
  });
}

function sendPackets(to: Duplex, message: Buffer, type = ANSWER): void {
  for (let at = 0, id = 1; at < message.length; at += PACKET - 8, id++) {
    const part = message.subarray(at, at + PACKET - 8);
    const header = Buffer.from([type, at + part.length >= message.length ? 1 : 0, 0, 0, 0, 0, id & 255, 0]);
    header.writeUInt16BE(part.length + 8, 2);
    to.write(Buffer.concat([header, part]));
  }
}

/** VERSION and ENCRYPTION ([MS-TDS] 2.2.6.5): on, or not supported. */
const prelogin = (isEncrypted: boolean): Buffer =>
  Buffer.from([0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xff, 16, 0, 0, 0, 0, 0, isEncrypted ? 1 : 2]);

/** TLS whose handshake is wrapped in packets of PRELOGIN, and which is bare after it. */
function encrypted(
  socket: Socket,
  { key, cert }: { key: string; cert: string },
  deal: (type: number, message: Buffer) => void,
): Duplex {
  const [inner, outer] = duplexPair();
  const secure = new TLSSocket(inner as unknown as Socket, { isServer: true, key, cert, maxVersion: 'TLSv1.2' });
  secure.on('error', () => socket.destroy());
  let isAgreed = false;
  secure.once('secure', () => {
    // What is on its way of the handshake goes out before.
    setImmediate(() => {
      isAgreed = true;
    });
  });
  outer.on('data', (chunk: Buffer) => (isAgreed ? socket.write(chunk) : sendPackets(socket, chunk, PRELOGIN)));
  socket.removeAllListeners('data');
  let wrapped = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    wrapped = Buffer.concat([wrapped, chunk]);
    while (wrapped.length >= 8) {
      // Records of TLS begin with 20 to 23, messages of PRELOGIN with 18.
      if (wrapped[0] !== PRELOGIN) {
        outer.write(wrapped);
        wrapped = Buffer.alloc(0);
        return;
      }
      const length = wrapped.readUInt16BE(2);
      if (wrapped.length < length) return;
      outer.write(wrapped.subarray(8, length));
      wrapped = wrapped.subarray(length);
    }
  });
  readPackets(secure, deal);
  return secure;
}

/** User and password of LOGIN7 ([MS-TDS] 2.2.6.4): halves of bytes are swapped and xored. */
function credentials(message: Buffer): [user: string, password: string] {
  const part = (at: number): Buffer => {
    const start = message.readUInt16LE(at);
    return Buffer.from(message.subarray(start, start + message.readUInt16LE(at + 2) * 2));
  };
  const password = part(44).map((byte) => {
    const bare = byte ^ 0xa5;
    return ((bare & 15) << 4) | (bare >> 4);
  });
  return [part(40).toString('utf16le'), Buffer.from(password).toString('utf16le')];
}
