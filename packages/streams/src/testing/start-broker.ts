import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect as dial } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../../connectors/src/testing/free-port.ts';

/** A server of a test that can be killed and started again, at the same port and with what it has on disk. */
export interface Broker {
  readonly port: number;
  start(): Promise<void>;
  /** Ends it without a word. */
  kill(): Promise<void>;
  /** Stops it where it is: it takes connections, and answers nobody. Killing it ends that. */
  hang(): void;
  /** Ends it for good. */
  stop(): Promise<void>;
}

/** nats-server of Debian's packages. @param flags what it is told besides */
export const startNats = (flags: readonly string[] = []): Promise<Broker> =>
  startBroker('nats-server', (port) => ['-a', '127.0.0.1', '-p', String(port), ...flags]);

/** redis-server of Debian's packages, which has each command on disk before it answers it. */
export const startRedis = (flags: readonly string[] = []): Promise<Broker> =>
  startBroker('redis-server', (port, folder) => [
    ...['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''],
    ...['--appendonly', 'yes', '--appendfsync', 'always', ...flags],
  ]);

async function startBroker(
  program: string,
  wordsOf: (port: number, folder: string) => readonly string[],
): Promise<Broker> {
  const folder = mkdtempSync(join(tmpdir(), 'datamaker-broker-'));
  const port = await freePort();
  let child: ChildProcess | undefined;
  let missing: Error | undefined;
  const broker: Broker = {
    port,
    async start() {
      child = spawn(program, wordsOf(port, folder), { stdio: 'ignore' });
      child.on('error', (error) => {
        missing = new Error(`${program} is missing: apt-get install ${program}`, { cause: error });
      });
      while (!(await isOpen(port))) {
        if (missing !== undefined) throw missing;
        if (child.exitCode !== null) throw new Error(`${program} has ended with ${child.exitCode}`);
        await pause(10);
      }
    },
    async kill() {
      const running = child;
      if (running === undefined || running.exitCode !== null || running.signalCode !== null) return;
      const ended = new Promise((resolve) => running.once('exit', resolve));
      running.kill('SIGKILL');
      await ended;
    },
    hang() {
      child?.kill('SIGSTOP');
    },
    async stop() {
      await broker.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await broker.start();
  return broker;
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = dial(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
