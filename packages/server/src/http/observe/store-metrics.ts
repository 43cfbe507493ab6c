import type { Gauge, Registry } from 'prom-client';
import type { ServerFigures } from '../../services/server-figures.ts';
import type { QueueFigures } from '../../store/queue/queue-figures.ts';

/**
 * Figures of the database, the queue and the disk, as of when they are asked for. While the database does not answer, `datamaker_store_up`
 * is 0 and those that come from it are left out: an old number would look like news.
 */
export async function storeMetrics(registry: Registry, figures: ServerFigures): Promise<void> {
  const prom = await import('prom-client');
  const gauge = (name: string, help: string, label: string | undefined, show: (own: Gauge) => Promise<void>) =>
    new prom.Gauge({
      name,
      help,
      labelNames: label === undefined ? [] : [label],
      registers: [registry],
      collect() {
        return show(this);
      },
    });
  const ofQueue = (name: string, help: string, label: string, show: (own: Gauge, queue: QueueFigures) => void) =>
    gauge(name, help, label, async (own) => {
      const queue = await figures.queue();
      own.reset();
      if (queue !== undefined) show(own, queue);
    });
  const ofLanes = (name: string, help: string, figure: 'waiting' | 'active' | 'oldestSeconds') =>
    ofQueue(name, help, 'lane', (own, { lanes }) => {
      for (const one of lanes) own.set({ lane: one.lane }, one[figure]);
    });
  gauge('datamaker_store_up', 'Whether the database answers.', undefined, async (own) =>
    own.set((await figures.queue()) === undefined ? 0 : 1),
  );
  ofLanes('datamaker_queue_waiting', 'Runs and schedules that somebody could take.', 'waiting');
  ofLanes('datamaker_queue_active', 'Runs and schedules that somebody works on.', 'active');
  ofLanes('datamaker_queue_oldest_seconds', 'How long the first that waits has waited.', 'oldestSeconds');
  ofQueue('datamaker_workers', 'Processes that take runs and were heard of lately.', 'kind', (own, { workers }) => {
    for (const [kind, count] of Object.entries(workers)) own.set({ kind }, count);
  });
  gauge(
    'datamaker_store_connections',
    'Connections to the database that are open and idle, and queries that wait for one.',
    'state',
    async (own) => {
      for (const [state, count] of Object.entries(figures.connections())) own.set({ state }, count);
    },
  );
  gauge('datamaker_disk_free_bytes', 'Room on the disk of the data directory.', undefined, async (own) => {
    const bytes = await figures.diskFree();
    if (bytes !== undefined) own.set(bytes);
  });
}
