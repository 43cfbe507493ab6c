import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface ServerProcess {
  readonly url: string;
  readonly pid: number;
  readonly dataDirectory: string;
  stop(): Promise<void>;
}

/** A server that another one shares its database with. */
export interface Beside {
  readonly dataDirectory: string;
  readonly databaseUrl: string;
}

/**
 * The server in a process of its own with an empty database.
 * @param key becomes an owner's
 * @param beside a server whose database and secrets it uses; default: none, it has its own
 * @param privateTargets a private network that its connections may lead to; default: none
 */
export async function startServerProcess(
  key: string,
  beside?: Beside,
  privateTargets?: string,
): Promise<ServerProcess> {
  const dataDirectory = beside?.dataDirectory ?? mkdtempSync(join(tmpdir(), 'datamaker-bench-'));
  const targets = privateTargets === undefined ? [] : [privateTargets];
  const args = [dataDirectory, key, beside?.databaseUrl ?? '', ...targets];
  const server = spawn(process.execPath, [join(import.meta.dirname, 'http-server.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = async (): Promise<void> => {
    server.kill('SIGTERM');
    if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
    if (beside === undefined) rmSync(dataDirectory, { recursive: true, force: true });
  };
  try {
    return { url: await addressOf(server), pid: server.pid ?? 0, dataDirectory, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function addressOf(server: ChildProcess): Promise<string> {
  const ended = once(server, 'exit').then(([code]) => Promise.reject(new Error(`the server ended with ${code}`)));
  ended.catch(() => undefined);
  const [chunk] = (await Promise.race([once(server.stdout as NonNullable<ChildProcess['stdout']>, 'data'), ended])) as [
    Buffer,
  ];
  return chunk.toString().trim();
}
