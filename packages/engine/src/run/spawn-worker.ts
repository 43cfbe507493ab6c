import { Worker } from 'node:worker_threads';

/** Starts a worker thread; it does not keep the process alive by itself. */
export function spawnWorker(): Worker {
  // From sources Node runs TypeScript itself, and packages resolve to sources as well.
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const worker = new Worker(new URL(`./worker.${extension}`, import.meta.url), { name: 'datamaker-generator' });
  worker.unref();
  return worker;
}
