import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connect, type Store } from '../../packages/server/src/store/open-store.ts';
import { Client } from '../../packages/server/src/testing/client.ts';
import { startExternalPostgres } from '../../packages/server/src/testing/external-postgres.ts';
import { removeFolder, temporaryFolder } from '../../packages/server/src/testing/servers.ts';
import {
  startUnrulyObjectStore,
  type UnrulyObjectStore,
} from '../../packages/server/src/testing/unruly-object-store.ts';
import { until } from '../../packages/server/src/testing/until.ts';
import { type HostedServer, makeNetworkHost, type NetworkHost, socketOf } from './network-hosts.ts';

/** A host with one program on it, which can be killed and started again. */
export interface Hosted {
  readonly host: NetworkHost;
  /** The one that was started last. */
  readonly process: HostedServer;
  kill(signal: NodeJS.Signals): Promise<readonly unknown[]>;
  start(): Promise<void>;
}

/** A server and workers, each on a host of its own with a data directory of its own; a PostgreSQL; and an object store, which has its moods. */
export interface ThreeHosts {
  readonly server: Hosted;
  readonly workers: readonly Hosted[];
  readonly objects: UnrulyObjectStore;
  /** Sees all of the database. */
  readonly store: Store;
  /** Of the server as it was started last. */
  client(): Client;
  /** The bytes of an answer. @param body of what is asked with POST; undefined: GET */
  bytesOf(path: string, body?: object): Promise<AsyncIterable<Uint8Array>>;
  /** One more worker. */
  addWorker(options?: WorkerManner): Promise<Hosted>;
  close(): Promise<void>;
}

export interface WorkerManner {
  /** Which engine it says that it has. */
  readonly engineVersion?: string;
  /** How wrong its clock is, in milliseconds. */
  readonly clockOffset?: number;
}

const KEY = `dmk_${'d'.repeat(40)}`;
const OTHER_CLOCK = fileURLToPath(new URL('../../packages/server/src/testing/other-clock.ts', import.meta.url));

/** Starts a server and a worker for each of `workers`. */
export async function openThreeHosts(workers: readonly WorkerManner[]): Promise<ThreeHosts> {
  const root = temporaryFolder();
  const masterKey = randomBytes(32).toString('hex');
  const postgres = await startExternalPostgres();
  const databaseUrl = await postgres.createStore();
  const store = connect({ url: databaseUrl }, () => undefined);
  const objects = await startUnrulyObjectStore();
  const hosts: Hosted[] = [];
  const folderOf = (n: number): string => join(root, String(n));
  const add = async (kind: 'server' | 'worker', options: object, env?: Record<string, string>): Promise<Hosted> => {
    const host = await makeNetworkHost(socketOf(databaseUrl), objects.settings.endpoint);
    const dataDirectory = folderOf(hosts.length);
    mkdirSync(dataDirectory);
    if (kind === 'worker') copyFileSync(join(folderOf(0), 'secret'), join(dataDirectory, 'secret'));
    const words = JSON.stringify({
      dataDirectory,
      masterKey,
      databaseUrl: host.urlOf(databaseUrl),
      s3: { ...objects.settings, endpoint: host.objectsUrl },
      ...options,
    });
    const spawn = (): Promise<HostedServer> => host.spawn('host-process.ts', [kind, words], env);
    let process = await spawn();
    const hosted: Hosted = {
      host,
      get process() {
        return process;
      },
      kill: (signal) => {
        process.child.kill(signal);
        return process.exit;
      },
      start: async () => {
        process = await spawn();
      },
    };
    hosts.push(hosted);
    return hosted;
  };
  const addWorker = ({ clockOffset, ...options }: WorkerManner = {}): Promise<Hosted> =>
    add(
      'worker',
      { ...options, runs: { workers: 0, scenarioWorkers: 0, jobWorkers: 1 } },
      clockOffset === undefined
        ? {}
        : { NODE_OPTIONS: `--import=${OTHER_CLOCK}`, CLOCK_OFFSET_MS: String(clockOffset) },
    );
  const runs = { workers: 1, scenarioWorkers: 0, jobWorkers: 0 };
  const server = await add('server', { apiKey: KEY, runs });
  await until(async () => (await store.selectFrom('worker').select('id').execute()).length > 0);
  const url = (): string => `http://${server.host.address}:${new URL(server.process.url).port}`;
  const all: Hosted[] = [];
  for (const manner of workers) all.push(await addWorker(manner));
  return {
    server,
    workers: all,
    objects,
    store,
    client: () => new Client(url(), KEY),
    bytesOf: async (path, body) => {
      const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' };
      const asked = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
      const answer = await fetch(url() + path, { headers, ...asked });
      if (!answer.ok || answer.body === null) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      return answer.body;
    },
    addWorker,
    close: async () => {
      for (const hosted of hosts) {
        await hosted.kill('SIGKILL');
        await hosted.host.remove();
      }
      await objects.close();
      await store.destroy();
      await postgres.stop();
      removeFolder(root);
    },
  };
}
