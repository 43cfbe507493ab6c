import { migrationsOf } from '../../store/backup/catalogue.ts';
import { migrations } from '../../store/migrations/index.ts';
import { connect, type Store, type StoreLocation } from '../../store/open-store.ts';
import { Cluster } from '../../store/postgres/cluster.ts';
import { postgresVersion } from '../../store/postgres-version.ts';
import { queueFigures } from '../../store/queue/queue-figures.ts';
import { tableSizes } from '../../store/table-sizes.ts';

/**
 * What a bundle tells of the database: its version, migrations, about how many rows its tables have, and the queue. It reads catalogues and
 * counts, and no row of anybody. What cannot be read is told by the code of the error, since messages name users and values.
 */
export async function lookIntoStore(url: string | undefined, dataDirectory: string): Promise<object> {
  let store: Store | undefined;
  try {
    const location: StoreLocation | undefined = url === undefined ? await Cluster.inUse(dataDirectory) : { url };
    if (location === undefined) return { unread: 'no server is using the bundled database' };
    const opened = connect(location, () => undefined);
    store = opened;
    const done = await migrationsOf(opened);
    return {
      postgres: (await postgresVersion(opened)).name,
      migrations: done,
      pending: Object.keys(migrations).filter((name) => !done.includes(name)),
      tables: await tableSizes(opened),
      queue: await queueFigures(opened).catch(failed),
    };
  } catch (error) {
    return failed(error);
  } finally {
    await store?.destroy();
  }
}

const failed = (error: unknown): object => ({ unread: String((error as { code?: unknown }).code ?? 'failed') });
