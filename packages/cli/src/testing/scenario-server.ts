import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../../server/src/testing/scenario-server-process.ts', import.meta.url));

export interface ScenarioServer {
  readonly url: string;
  readonly key: string;
  /** Asks it for something, as the owner. */
  ask<T>(method: string, path: string, body?: unknown): Promise<T>;
  close(): Promise<void>;
}

/** A server in a process and a folder of its own that executes scenarios as plain processes. */
export async function startScenarioServer(): Promise<ScenarioServer> {
  const folder = mkdtempSync(join(tmpdir(), 'datamaker-cli-'));
  const key = `dmk_${'t'.repeat(40)}`;
  const child = spawn(process.execPath, ['--conditions=datamaker-source', PROGRAM, join(folder, 'data'), '', key], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  const told = Promise.withResolvers<string>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line.startsWith('{"url":')) told.resolve((JSON.parse(line) as { url: string }).url);
  });
  const url = await Promise.race([
    told.promise,
    exit.then(() => Promise.reject(new Error('the server did not start'))),
  ]);
  return {
    url,
    key,
    ask: async <T>(method: string, path: string, body?: unknown): Promise<T> => {
      const answer = await fetch(url + path, {
        method,
        headers: {
          authorization: `Bearer ${key}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
      return (text === '' ? null : JSON.parse(text)) as T;
    },
    close: async () => {
      child.kill('SIGTERM');
      await exit;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export interface Cutter {
  readonly url: string;
  /** How many connections were cut. */
  readonly cuts: number;
  close(): void;
}

/** Stands before a server and cuts each connection after so many bytes of answers, the first ones so many times. */
export async function startCutter(target: string, bytes: number, times: number): Promise<Cutter> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let cuts = 0;
  const proxy = createServer((client) => {
    const server = connect(Number(port), hostname);
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
    }
    let passed = 0;
    client.pipe(server);
    server.on('data', (chunk: Buffer) => {
      passed += chunk.length;
      if (passed <= bytes || cuts >= times) return client.write(chunk);
      cuts++;
      // Half of it arrives: a line that is cut is no line.
      return client.write(chunk.subarray(0, chunk.length / 2), () => client.destroy());
    });
    server.on('close', () => client.destroy());
    client.on('close', () => server.destroy());
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    get cuts() {
      return cuts;
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      proxy.close();
    },
  };
}
