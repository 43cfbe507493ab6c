import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

/** How fast rows are made. */
export interface Rate {
  /** Rows in a second. */
  readonly rate: number;
  /** Rows in a second of one processor. */
  readonly ofProcessor: number;
}

/** What is done with bytes: nothing, hashing them, or hashing them and writing them into a file. */
export type BareWork = 'make' | 'hash' | 'write';

const THREADS = 2;

/** Two threads of the engine, each with half of the rows, which do nothing but what is said. */
export async function bareRate(template: unknown, rows: number, work: BareWork): Promise<Rate> {
  const folder = mkdtempSync(join(tmpdir(), 'datamaker-bench-'));
  try {
    const threads = Array.from({ length: THREADS }, (_, n) => {
      const [from, to] = [Math.floor((n * rows) / THREADS), Math.floor(((n + 1) * rows) / THREADS)];
      const path = work === 'write' ? join(folder, String(n)) : undefined;
      const workerData = { template, from, to, hashes: work !== 'make', path };
      return new Worker(new URL('bare-thread.ts', import.meta.url), { workerData });
    });
    await Promise.all(threads.map((thread) => once(thread, 'message')));
    const begun = performance.now();
    const used = process.cpuUsage();
    const done = threads.map((thread) => once(thread, 'message'));
    for (const thread of threads) thread.postMessage('begin');
    await Promise.all(done);
    const seconds = (performance.now() - begun) / 1000;
    const { user, system } = process.cpuUsage(used);
    await Promise.all(threads.map((thread) => thread.terminate()));
    return { rate: rows / seconds, ofProcessor: rows / ((user + system) / 1e6) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
