import { execFileSync, spawn } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createConnection, createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { SpawnedServer } from '../../packages/server/src/testing/spawn-server.ts';

/** A place with a network of its own, from which only the database is reached: what another host is, as far as networks go. */
export interface NetworkHost {
  /** Starts a program of the server's tests there, which says in one line of JSON that it is up. */
  spawn(program: string, ...words: readonly string[]): Promise<SpawnedServer>;
  /** A way to a PostgreSQL on a socket of this machine, from there. */
  urlOf(databaseUrl: string): string;
  /** Cuts it off, without a word to anybody. */
  cut(): void;
  mend(): void;
  remove(): Promise<void>;
}

const TESTING = new URL('../../packages/server/src/testing/', import.meta.url);

const ip = (...words: string[]): void => {
  execFileSync('ip', words, { stdio: ['ignore', 'ignore', 'pipe'] });
};

/** Whether this user may make networks: as root, and not in a container that keeps that from it. */
export function canMakeNetworks(): boolean {
  const name = `dmtry${randomBytes(3).toString('hex')}`;
  try {
    ip('netns', 'add', name);
    ip('netns', 'del', name);
    return true;
  } catch {
    return false;
  }
}

/** @param socket the folder of the PostgreSQL that is reached from there */
export async function makeNetworkHost(socket: string): Promise<NetworkHost> {
  const name = `dm${randomBytes(4).toString('hex')}`;
  const [here, there] = [`${name}a`, `${name}b`];
  // Of 198.18.0.0/15, which is for such trials (RFC 2544).
  const network = `198.${randomInt(18, 20)}.${randomInt(256)}`;
  ip('netns', 'add', name);
  ip('link', 'add', here, 'type', 'veth', 'peer', 'name', there, 'netns', name);
  ip('addr', 'add', `${network}.1/30`, 'dev', here);
  ip('link', 'set', here, 'up');
  for (const words of [
    ['addr', 'add', `${network}.2/30`, 'dev', there],
    ['link', 'set', there, 'up'],
    ['link', 'set', 'lo', 'up'],
  ]) {
    ip('-n', name, ...words);
  }
  const gate = createServer((client) => {
    const database = createConnection(`${socket}/.s.PGSQL.5432`);
    for (const [one, other] of [
      [client, database],
      [database, client],
    ] as const) {
      one.on('error', () => other.destroy());
      one.pipe(other);
    }
  });
  gate.listen(0, `${network}.1`);
  await once(gate, 'listening');
  const { port } = gate.address() as { port: number };
  return {
    spawn: async (program, ...words) => {
      const path = fileURLToPath(new URL(program, TESTING));
      const child = spawn(
        'ip',
        ['netns', 'exec', name, process.execPath, '--conditions=datamaker-source', path, ...words],
        {
          stdio: ['ignore', 'pipe', 'inherit'],
        },
      );
      const exit = once(child, 'exit');
      const { promise, resolve } = Promise.withResolvers<{ url: string }>();
      createInterface({ input: child.stdout }).on('line', (line) => {
        if (line.startsWith('{"url":')) resolve(JSON.parse(line));
      });
      const { url } = await Promise.race([
        promise,
        exit.then(() => Promise.reject(new Error(`${program} did not start`))),
      ]);
      return { url, newKey: undefined, child, exit };
    },
    urlOf: (databaseUrl) => {
      const { username, pathname } = new URL(databaseUrl);
      return `postgresql://${username}@${network}.1:${port}${pathname}`;
    },
    cut: () => ip('link', 'set', here, 'down'),
    mend: () => ip('link', 'set', here, 'up'),
    remove: async () => {
      // The way goes with its end.
      ip('netns', 'del', name);
      gate.close();
    },
  };
}

/** The folder of the socket that a connection string names. */
export const socketOf = (databaseUrl: string): string => new URL(databaseUrl).searchParams.get('host') ?? '';
