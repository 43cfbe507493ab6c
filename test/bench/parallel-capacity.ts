import { Worker } from 'node:worker_threads';

const SPIN = 'let x = 1; for (let i = 0; i < 6e8; i++) x = (x * 31 + i) | 0; x';

/** How many times the work of one thread two threads do here, when they share nothing: 2 on two free cores. */
export async function parallelCapacity(): Promise<number> {
  const one = await secondsOf(1);
  return (2 * one) / (await secondsOf(2));
}

async function secondsOf(threads: number): Promise<number> {
  const start = performance.now();
  const workers = Array.from({ length: threads }, () => new Worker(SPIN, { eval: true }));
  await Promise.all(workers.map((worker) => new Promise((resolve) => worker.once('exit', resolve))));
  return (performance.now() - start) / 1000;
}
