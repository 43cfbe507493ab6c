import { Worker } from 'node:worker_threads';

/** Rows live for as long as they are made: a small nursery costs no time, and each thread grows a larger one to its end. */
const NURSERY_MEGABYTES = 12;

/** Starts a worker thread; it does not keep the process alive by itself. */
export function spawnWorker(): Worker {
  // From sources Node runs TypeScript itself, and packages resolve to sources as well.
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const worker = new Worker(new URL(`./worker.${extension}`, import.meta.url), {
    name: 'datamaker-generator',
    resourceLimits: { maxYoungGenerationSizeMb: NURSERY_MEGABYTES },
  });
  worker.unref();
  return worker;
}
