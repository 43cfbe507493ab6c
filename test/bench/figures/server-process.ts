import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface ServerProcess {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** The server in a process of its own with an empty database. @param key becomes an owner's */
export async function startServerProcess(key: string): Promise<ServerProcess> {
  const data = mkdtempSync(join(tmpdir(), 'datamaker-bench-'));
  const server = spawn(process.execPath, [join(import.meta.dirname, 'http-server.ts'), data, key], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = async (): Promise<void> => {
    server.kill('SIGTERM');
    if (server.exitCode === null) await once(server, 'exit');
    rmSync(data, { recursive: true, force: true });
  };
  try {
    return { url: await addressOf(server), pid: server.pid ?? 0, stop };
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
