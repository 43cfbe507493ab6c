import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface SpawnedServer {
  readonly url: string;
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
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return { url: (JSON.parse(String(line)) as { url: string }).url, child, exit };
}
