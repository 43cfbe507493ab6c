import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface SpawnedServer {
  readonly url: string;
  /** The owner's key, when the server has made one. */
  readonly newKey: string | undefined;
  readonly child: ChildProcess;
  /** Code and signal that it ended with. */
  readonly exit: Promise<readonly unknown[]>;
}

/** Starts a program of this folder that is a server and says where it is in one line of JSON. */
export async function spawnServer(program: string, ...args: readonly string[]): Promise<SpawnedServer> {
  const path = fileURLToPath(new URL(program, import.meta.url));
  const child = spawn(process.execPath, ['--conditions=datamaker-source', path, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  const { promise, resolve } = Promise.withResolvers<{ url: string; newKey?: string }>();
  // Before that it may log.
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line.startsWith('{"url":')) resolve(JSON.parse(line));
  });
  const { url, newKey } = await Promise.race([
    promise,
    exit.then(() => Promise.reject(new Error(`${program} did not start`))),
  ]);
  return { url, newKey, child, exit };
}
