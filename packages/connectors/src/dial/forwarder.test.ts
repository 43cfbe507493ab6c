import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { platform } from 'node:os';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { errorOf } from '../testing/contract/workbench.ts';
import { Dialer } from './dialer.ts';
import { type Forwarder, startForwarder } from './forwarder.ts';
import { OutboundPolicy } from './outbound-policy.ts';

const open: (Server | Forwarder)[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

const dialer = new Dialer(new OutboundPolicy(['127.0.0.0/8']));
const plain = { dialer, tls: { mode: 'disable' }, timeoutMs: 2000 } as const;

/** A server that says everything again. */
async function echo(): Promise<{ target: { host: string; port: number }; sockets: Socket[] }> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket.on('error', () => undefined));
    socket.pipe(socket);
  });
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { target: { host: '127.0.0.1', port: (server.address() as { port: number }).port }, sockets };
}

async function startedTo(target: { host: string; port: number }): Promise<Forwarder> {
  const forwarder = await startForwarder({ ...plain, target });
  open.push(forwarder);
  return forwarder;
}

const connected = async (port: number): Promise<Socket> => {
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
};

describe('a forwarder', () => {
  it('hands on what this process says and what comes back, over one connection', async () => {
    const { target } = await echo();
    const forwarder = await startedTo(target);
    const client = await connected(forwarder.port);
    client.write('hello');
    expect(String((await once(client, 'data'))[0])).toBe('hello');
    const [error] = await once(connect(forwarder.port, '127.0.0.1'), 'error');
    expect(error).toMatchObject({ code: 'ECONNREFUSED' });
    forwarder.close();
    await once(client, 'close');
  });

  it.runIf(platform() === 'linux')('takes nobody else on the machine, and this process after that', async () => {
    const { target } = await echo();
    const forwarder = await startedTo(target);
    const program = `
      const s = require('node:net').connect(${forwarder.port}, '127.0.0.1', () => s.write('hello'));
      s.on('data', () => console.log('got through'));
      s.on('error', () => undefined);
      s.on('close', () => console.log('closed'));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', program]);
    expect(stdout).toBe('closed\n');
    const client = await connected(forwarder.port);
    client.write('hello');
    expect(String((await once(client, 'data'))[0])).toBe('hello');
    client.destroy();
  });

  it('breaks both sides when one breaks', async () => {
    const { target, sockets } = await echo();
    const one = await startedTo(target);
    const client = await connected(one.port);
    client.write('hello');
    await once(client, 'data');
    sockets[0]?.destroy();
    await once(client, 'close');
    const other = await startedTo(target);
    const second = await connected(other.port);
    second.write('hello');
    await once(second, 'data');
    const closed = once(sockets[1] as Socket, 'close');
    second.destroy();
    await closed;
  });

  it('stops when it is told to, while it agrees upon encryption', async () => {
    const server = createServer((socket) => void socket.on('error', () => undefined));
    open.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const target = { host: '127.0.0.1', port: (server.address() as { port: number }).port };
    const stop = new AbortController();
    const started = startForwarder({
      ...plain,
      timeoutMs: 600_000,
      tls: { mode: 'require' },
      target,
      signal: stop.signal,
    });
    const [socket] = (await once(server, 'connection')) as [Socket];
    await once(socket, 'data');
    stop.abort(new Error('enough'));
    expect((await errorOf(started)).message).toBe('enough');
    await once(socket, 'close');
  });

  it('goes nowhere that is closed, and says what is wrong with encryption', async () => {
    const { target } = await echo();
    const closed = new Dialer(new OutboundPolicy());
    expect(await errorOf(startForwarder({ ...plain, dialer: closed, target }))).toMatchObject({
      problem: 'target_not_allowed',
    });
    expect(await errorOf(startForwarder({ ...plain, tls: { mode: 'require' }, target }))).toMatchObject({
      problem: 'tls',
    });
  });
});
