import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createConnection, createServer, type NetConnectOpts, type Server } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { SpawnedServer } from '../../packages/server/src/testing/spawn-server.ts';

/** Each is a cable of its own, so that one may be cut and the others not. */
const WAYS = ['database', 'objects', 'clients'] as const;
export type Way = (typeof WAYS)[number];

export interface HostedServer extends SpawnedServer {
  /** The lines that it has logged so far. */
  readonly said: readonly string[];
}

/** A place with a network of its own, from which only what is given to it is reached: what another host is, as far as networks go. */
export interface NetworkHost {
  /** Where servers on it are reached from here. */
  readonly address: string;
  /** Starts a program of the server's tests there, which says in one line of JSON that it is up. @param env beside that of this process */
  spawn(program: string, words: readonly string[], env?: Readonly<Record<string, string>>): Promise<HostedServer>;
  /** A way to a PostgreSQL on a socket of this machine, from there. */
  urlOf(databaseUrl: string): string;
  /** Where the object store is, from there; undefined: it has none. */
  readonly objectsUrl: string | undefined;
  /** Cuts it off, without a word to anybody: from all, or of one way only. */
  cut(way?: Way): void;
  /** Loses all that is said in one direction of a way: from there, or to there. */
  mute(way: Way, direction: 'from' | 'to'): void;
  /** All is as it was. */
  mend(): void;
  remove(): Promise<void>;
}

const TESTING = new URL('../../packages/server/src/testing/', import.meta.url);
/** A card that nobody has. */
const NOBODY = '02:00:00:00:00:01';

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

/**
 * @param socket the folder of the PostgreSQL that is reached from there
 * @param objects the object store that is, such as `http://127.0.0.1:4568`
 */
export async function makeNetworkHost(socket: string, objects?: string): Promise<NetworkHost> {
  const name = `dm${randomBytes(4).toString('hex')}`;
  const cables = await layCables(name);
  const cableOf = (wanted: Way) => cables[WAYS.indexOf(wanted)] as (typeof cables)[number];
  ip('-n', name, 'link', 'set', 'lo', 'up');
  for (const { here, there, theirs } of cables) {
    ip('link', 'set', here, 'up');
    ip('-n', name, 'addr', 'add', `${theirs}/30`, 'dev', there);
    ip('-n', name, 'link', 'set', there, 'up');
  }
  const database = await openGate(cableOf('database').ours, { path: `${socket}/.s.PGSQL.5432` });
  const gates = [database];
  if (objects !== undefined) {
    const { hostname, port } = new URL(objects);
    gates.push(await openGate(cableOf('objects').ours, { host: hostname, port: Number(port) }));
  }
  const [, store] = gates;
  const mend = (): void => {
    for (const { here, there, ours, theirs } of cables) {
      ip('link', 'set', here, 'up');
      ip('-n', name, 'neigh', 'flush', 'to', ours, 'dev', there, 'nud', 'all');
      ip('neigh', 'flush', 'to', theirs, 'dev', here, 'nud', 'all');
    }
  };
  return {
    address: cableOf('clients').theirs,
    spawn: async (program, words, env = {}) => {
      const path = fileURLToPath(new URL(program, TESTING));
      const child = spawn(
        'ip',
        ['netns', 'exec', name, process.execPath, '--conditions=datamaker-source', path, ...words],
        { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } },
      );
      const exit = once(child, 'exit');
      const { promise, resolve } = Promise.withResolvers<{ url: string; newKey?: string }>();
      createInterface({ input: child.stdout }).on('line', (line) => {
        if (line.startsWith('{"url":')) resolve(JSON.parse(line));
      });
      const said: string[] = [];
      createInterface({ input: child.stderr }).on('line', (line) => said.push(line));
      const { url, newKey } = await Promise.race([
        promise,
        exit.then(() => Promise.reject(new Error(`${program} did not start: ${said.join('\n')}`))),
      ]);
      return { url, newKey, child, exit, said };
    },
    urlOf: (databaseUrl) => {
      const { username, pathname } = new URL(databaseUrl);
      return `postgresql://${username}@${cableOf('database').ours}:${portOf(database)}${pathname}`;
    },
    objectsUrl: store && `http://${cableOf('objects').ours}:${portOf(store)}`,
    cut: (way) => {
      for (const cable of cables) if (way === undefined || cable.way === way) ip('link', 'set', cable.here, 'down');
    },
    mute: (way, direction) => {
      const { here, there, ours, theirs } = cableOf(way);
      if (direction === 'from') {
        ip('-n', name, 'neigh', 'replace', ours, 'lladdr', NOBODY, 'dev', there, 'nud', 'permanent');
      } else ip('neigh', 'replace', theirs, 'lladdr', NOBODY, 'dev', here, 'nud', 'permanent');
    },
    mend,
    remove: async () => {
      // Ways go with their end.
      ip('netns', 'del', name);
      for (const gate of gates) gate.close();
    },
  };
}

interface Cable {
  readonly way: Way;
  /** The names of its ends. */
  readonly here: string;
  readonly there: string;
  /** And their addresses. */
  readonly ours: string;
  readonly theirs: string;
}

/** Whoever listens on this one lays cables: two that do so at once would take one network. */
const LOCK = '\0datamaker-network-hosts';

/** Makes a host and its cables, whose ends here have their addresses: by these the next one sees which networks are taken. */
async function layCables(name: string): Promise<Cable[]> {
  const lock = await takeLock();
  try {
    const network = freeNetwork(addressesHere());
    const cables = WAYS.map((way, n) => ({
      way,
      here: `${name}a${n}`,
      there: `${name}b${n}`,
      ours: `${network}.${4 * n + 1}`,
      theirs: `${network}.${4 * n + 2}`,
    }));
    ip('netns', 'add', name);
    for (const { here, there, ours } of cables) {
      ip('link', 'add', here, 'type', 'veth', 'peer', 'name', there, 'netns', name);
      ip('addr', 'add', `${ours}/30`, 'dev', here);
    }
    return cables;
  } finally {
    await new Promise((resolve) => lock.close(resolve));
  }
}

async function takeLock(): Promise<Server> {
  for (;;) {
    const lock = createServer().listen(LOCK);
    const isOurs = await once(lock, 'listening').then(
      () => true,
      () => false,
    );
    if (isOurs) return lock;
    await pause(20);
  }
}

function addressesHere(): string[] {
  const said = JSON.parse(execFileSync('ip', ['-j', 'addr'], { encoding: 'utf8' })) as {
    readonly addr_info?: readonly { readonly local?: string }[];
  }[];
  return said.flatMap(({ addr_info = [] }) => addr_info.map(({ local = '' }) => local));
}

/**
 * The first three numbers of a network of which nobody has an address: of 198.18.0.0/15, which is for such trials (RFC 2544).
 * @throws Error when there is none
 */
export function freeNetwork(taken: readonly string[]): string {
  for (let n = 0; n < 512; n++) {
    const network = `198.${18 + (n >> 8)}.${n & 255}`;
    if (!taken.some((address) => address.startsWith(`${network}.`))) return network;
  }
  throw new Error('all networks for trials are taken: look at `ip addr`');
}

/** Passes on what comes to an address of this machine. */
async function openGate(address: string, target: NetConnectOpts): Promise<Server> {
  const gate = createServer((client) => {
    const system = createConnection(target);
    for (const [one, other] of [
      [client, system],
      [system, client],
    ] as const) {
      one.on('error', () => other.destroy());
      one.pipe(other);
    }
  });
  gate.listen(0, address);
  await once(gate, 'listening');
  return gate;
}

const portOf = (gate: Server): number => (gate.address() as AddressInfo).port;

/** The folder of the socket that a connection string names. */
export const socketOf = (databaseUrl: string): string => new URL(databaseUrl).searchParams.get('host') ?? '';
