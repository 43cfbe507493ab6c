import type { Client } from '../../packages/server/src/testing/client.ts';
import { startOn, type TestServer } from '../../packages/server/src/testing/servers.ts';
import type { SpawnedServer } from '../../packages/server/src/testing/spawn-server.ts';
import { until } from '../../packages/server/src/testing/until.ts';
import { makeNetworkHost, type NetworkHost, socketOf } from './network-hosts.ts';

/** A server that executes no scenarios itself, and workers on hosts of their own. */
export interface WorkersOnHosts {
  readonly server: TestServer;
  readonly client: Client;
  /** Starts one more. @param words after the database, as `worker-process.ts` takes them */
  add(...words: readonly string[]): Promise<{ readonly host: NetworkHost; readonly worker: SpawnedServer }>;
  close(): Promise<void>;
}

export async function openWorkersOnHosts(): Promise<WorkersOnHosts> {
  const server = await startOn('external', { runs: { scenarioWorkers: 0 } });
  const databaseUrl = server.databaseUrl ?? '';
  const all: { readonly host: NetworkHost; readonly worker: SpawnedServer }[] = [];
  const store = await server.openDatabase();
  await until(async () => (await store.selectFrom('worker').select('id').execute()).length > 0);
  await store.destroy();
  return {
    server,
    client: server.client,
    add: async (...words) => {
      const host = await makeNetworkHost(socketOf(databaseUrl));
      const place = [server.dataDirectory, host.urlOf(databaseUrl)];
      const worker = await host.spawn('worker-process.ts', [...place, ...words]);
      all.push({ host, worker });
      return { host, worker };
    },
    close: async () => {
      for (const { host, worker } of all) {
        worker.child.kill('SIGKILL');
        await worker.exit;
        await host.remove();
      }
      await server.close();
    },
  };
}
