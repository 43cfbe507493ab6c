import { sql } from 'kysely';
import { afterAll, beforeAll } from 'vitest';
import { connect, type Store } from '../store/open-store.ts';
import { type ExternalPostgres, startExternalPostgres } from './external-postgres.ts';
import { removeFolder, temporaryFolder } from './servers.ts';
import { type SpawnedServer, spawnServer } from './spawn-server.ts';

/** Servers, each a process of its own, that have one data directory and one database: what one leaves behind, another finds. */
export interface KillableServers {
  /** The database of the servers. */
  readonly store: Store;
  /** @param program a server of this folder @param words what it is told besides the folder and the database */
  start(program: string, ...words: readonly string[]): Promise<SpawnedServer>;
  /** As if the time of leases and heartbeats had passed: a minute, by the clock of the database. */
  letTimePass(): Promise<void>;
  /** Ends those that are still there. */
  end(signal: NodeJS.Signals): Promise<void>;
}

/** To be called where tests are declared; all is gone after them. */
export function killableServers(): KillableServers {
  const dataDirectory = temporaryFolder();
  let servers: SpawnedServer[] = [];
  let postgres: ExternalPostgres;
  let databaseUrl: string;
  let store: Store;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    for (const { child, exit } of servers) {
      child.kill(signal);
      await exit;
    }
    servers = [];
  };
  beforeAll(async () => {
    postgres = await startExternalPostgres();
    databaseUrl = await postgres.createStore();
    store = connect({ url: databaseUrl }, () => undefined);
  });
  afterAll(async () => {
    await end('SIGTERM');
    await store?.destroy();
    await postgres?.stop();
    removeFolder(dataDirectory);
  });
  return {
    get store() {
      return store;
    },
    start: async (program, ...words) => {
      const server = await spawnServer(program, dataDirectory, databaseUrl, ...words);
      servers.push(server);
      return server;
    },
    letTimePass: async () => {
      await sql`UPDATE run SET lease_until = lease_until - interval '1 minute'`.execute(store);
      await sql`UPDATE datamaker_queue.job SET heartbeat_on = heartbeat_on - interval '1 minute'`.execute(store);
    },
    end,
  };
}
