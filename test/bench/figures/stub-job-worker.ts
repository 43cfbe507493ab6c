/**
 * A worker that makes nothing of the parts of jobs and takes its time for each, in a process of its own: database and milliseconds of a part from the
 * arguments, behind a folder. Tells at its end how long it was making, of how long in all.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { ENGINE_VERSION } from '../../../packages/server/src/services/engine-version.ts';
import { JobWorker } from '../../../packages/server/src/services/jobs/job-worker.ts';
import { PLANS } from '../../../packages/server/src/services/limits/plans.ts';
import { RunSignals } from '../../../packages/server/src/services/runs/run-signals.ts';
import { listenToServers } from '../../../packages/server/src/store/listen-to-servers.ts';
import { openStoreAsItIs } from '../../../packages/server/src/store/open-store-as-it-is.ts';
import { RunQueue } from '../../../packages/server/src/store/queue/run-queue.ts';

const [, url = '', ms = '0'] = process.argv.slice(2);
const onError = (error: unknown): void => console.error(error);
const store = await openStoreAsItIs({ url }, onError);
const queue = await RunQueue.open(store, { url }, onError);
const signals = new RunSignals();
const listening = listenToServers({ url }, (what) => signals.tell(what), onError);
let [making, first, last, parts] = [0, 0, 0, 0];
const make = async () => {
  const begun = performance.now();
  first ||= begun;
  await pause(Number(ms));
  last = performance.now();
  making += last - begun;
  parts += 1;
  return { bytes: 1, sha256: randomBytes(32) };
};
const nowhere = undefined as never;
const worker = new JobWorker({
  store,
  queue,
  signals,
  lane: 'jobs',
  atOnce: 1,
  plans: PLANS,
  blobs: nowhere,
  spool: nowhere,
  engineVersion: ENGINE_VERSION,
  hasEngine: async () => true,
  threads: { make: () => ({ rows: () => 0, made: make() }), close: async () => undefined },
  onError,
});
worker.start();
process.once('SIGTERM', async () => {
  await worker.stop();
  await listening.close();
  await queue.close();
  await store.destroy();
  console.log(JSON.stringify({ making, all: last - first, parts }));
  process.exit(0);
});
console.log('ready');
