import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SandboxDriver, SandboxEnd, SandboxProcess } from '../../runner/sandbox/sandbox.ts';
import { Frames } from './frames.ts';
import { HOST_PROGRAM } from './host-program.ts';

const MIB = 1024 * 1024;
const SOCKET = '/field/socket';
const HOUR_MS = 3_600_000;
const LIMITS = {
  wallMs: 24 * HOUR_MS,
  memoryBytes: 256 * MIB,
  processes: 8,
  openFiles: 64,
  fileBytes: 16 * MIB,
  diskBytes: 16 * MIB,
};
/** A process that is there, and does not come to its socket. */
const CONNECT_MS = 20_000;
/** What has ended is known a little later than that its socket is closed. */
const END_MS = 5000;

/** A Python in a sandbox of its own, and the socket to it. */
export interface PythonProcess {
  send(message: unknown): void;
  /** Settles when it has ended, by whatever way. */
  readonly ended: Promise<SandboxEnd>;
  kill(): void;
}

/**
 * Starts the Python that functions of fields run in: no network, nothing of the host, the standard library alone. What it prints is
 * thrown away.
 * @param take is given its messages, which may be anything
 * @throws SandboxError when it cannot be started
 */
export async function startPython(driver: SandboxDriver, take: (message: unknown) => void): Promise<PythonProcess> {
  const { python } = await driver.report();
  const folder = await mkdtemp(join(tmpdir(), 'dmf-'));
  const path = join(folder, 's');
  const stop = new AbortController();
  const server = createServer();
  server.maxConnections = 1;
  try {
    server.listen(path);
    await once(server, 'listening');
    const process = await driver.start({
      // Sets of texts are in the same order in each process, without which the same seed would not give the same values: `-I` would forbid that.
      argv: [python.executable, '-s', '-S', '-u', '-X', 'utf8', '-c', HOST_PROGRAM, SOCKET],
      env: { PATH: '/usr/bin:/bin', HOME: '/tmp', LANG: 'C.UTF-8', TZ: 'UTC', PYTHONHASHSEED: '0' },
      cwd: '/tmp',
      mounts: [{ source: path, target: SOCKET, writable: false }],
      limits: LIMITS,
      signal: stop.signal,
    });
    process.stdout.resume().on('error', () => undefined);
    process.stderr.resume().on('error', () => undefined);
    const socket = await connected(server, process, stop);
    const frames = new Frames(socket, take, () => stop.abort());
    const ended = process.ended.finally(() => socket.destroy());
    // One that closes its socket and stays is of no use.
    socket.once('close', () => setTimeout(() => stop.abort(), END_MS).unref());
    return { send: (message) => frames.send(message), ended, kill: () => stop.abort() };
  } catch (error) {
    stop.abort();
    throw error;
  } finally {
    server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The first that comes, and no other. */
async function connected(server: Server, process: SandboxProcess, stop: AbortController): Promise<Socket> {
  let late: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Socket>((resolve, reject) => {
      server.once('connection', resolve);
      process.ended.then(({ outcome }) => reject(new Error(`Python ended before it began: ${outcome}`)));
      late = setTimeout(() => {
        stop.abort();
        reject(new Error('Python did not begin'));
      }, CONNECT_MS);
    });
  } finally {
    clearTimeout(late);
  }
}
