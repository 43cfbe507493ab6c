import { sayAlive } from '../store/workers.ts';
import type { TestServer } from './servers.ts';

/** Has servers believe that somebody else executes scenarios. Nobody does. */
export async function registerWorker(server: Pick<TestServer, 'openDatabase'>): Promise<void> {
  const store = await server.openDatabase();
  const worker = {
    id: 'wrk_test',
    kind: 'worker',
    host: 'test',
    masterKeyId: 'test',
    fileMarker: '',
    secretMark: '',
    engineVersion: '',
  } as const;
  await sayAlive(store, worker, ['scenarios']);
  await store.updateTable('worker').set({ seen_at: '2999-01-01' }).where('id', '=', worker.id).execute();
  await store.destroy();
}
