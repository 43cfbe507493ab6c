import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { startExternalPostgres } from '../../../packages/server/src/testing/external-postgres.ts';
import type { Options } from '../options.ts';
import { atLeast } from '../targets.ts';
import { count, textTable } from '../text-table.ts';
import type { Figure } from './figure.ts';
import { cpuSeconds } from './process-usage.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';

const KEY = `dmk_${'b'.repeat(40)}`;
const WORKERS = 2;
const KILL_MS = 10_000;

interface Job {
  readonly state: string;
  readonly error: { readonly message: string } | null;
  readonly started_at: string;
  readonly ended_at: string;
}

/**
 * Rows in a second of a job that two workers make, whose bytes are hashed and dropped, beside two threads that do nothing but the same: undisturbed,
 * and with a worker that is killed every ten seconds.
 */
export async function jobs({ quick }: Options): Promise<Figure> {
  const rows = quick ? 40_000_000 : 1_000_000_000;
  const template = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'customer.template.json'), 'utf8'));
  const bareRows = Math.min(rows, 40_000_000);
  const bare = await bareRate(template, bareRows, true);
  const unhashed = await bareRate(template, bareRows, false);
  const place = await openPlace();
  try {
    const ask = async <T>(method: string, path: string, body?: object): Promise<T> => {
      const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' };
      const answer = await fetch(place.server.url + path, {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as T;
    };
    const { id: template_id } = await ask<{ id: string }>('POST', '/templates', template);
    const measure = async (disturb: (signal: AbortSignal) => Promise<void>): Promise<Measured & { id: string }> => {
      const body = { template_id, count: rows, format: 'csv', seed: 'bench', sink: 'hash' };
      const { run_id: id } = await ask<{ run_id: string }>('POST', '/jobs', body);
      const over = new AbortController();
      const before = place.processorSeconds();
      const disturbing = disturb(over.signal);
      let job = await ask<Job>('GET', `/jobs/${id}`);
      while (job.state === 'queued' || job.state === 'running') job = await ask<Job>('GET', `/jobs/${id}?wait=true`);
      over.abort();
      await disturbing;
      if (job.state !== 'done') throw new Error(`the job is ${job.state}: ${job.error?.message}`);
      const seconds = (Date.parse(job.ended_at) - Date.parse(job.started_at)) / 1000;
      return { rate: rows / seconds, ofProcessor: rows / (place.processorSeconds() - before), id };
    };
    for (let n = 0; n < WORKERS; n++) await place.add();
    const calm = await measure(async () => undefined);
    const killed = await measure(place.kill);
    const partsOf = async (id: string): Promise<string> => {
      const { parts } = await ask<{ parts: object[] }>('GET', `/jobs/${id}/manifest`);
      return JSON.stringify(parts);
    };
    if ((await partsOf(calm.id)) !== (await partsOf(killed.id)))
      throw new Error('a worker that was killed changed bytes');
    const share = (value: number): string => `${(100 * value).toFixed(1)} %`;
    return {
      text: textTable(
        [`CSV, 18 columns, ${count(rows)} rows, hashed`, 'rows/s', 'rows/CPU s'],
        [
          ['two threads of the engine', count(bare.rate), count(bare.ofProcessor)],
          ['the same without hashing', count(unhashed.rate), count(unhashed.ofProcessor)],
          ['a job, 2 workers', count(calm.rate), count(calm.ofProcessor)],
          ['one of them killed every 10 s', count(killed.rate), ''],
        ],
      ),
      data: { rows, bare, unhashed, calm, killed: killed.rate, kills: place.kills() },
      targets: [
        atLeast('a job of 2 workers, beside two threads of the engine', 0.9, calm.rate / bare.rate, share),
        atLeast('the same, by processor time', 0.9, calm.ofProcessor / bare.ofProcessor, share),
        atLeast('with a worker killed every 10 s, beside without', 0.9, killed.rate / calm.rate, share),
      ],
    };
  } finally {
    await place.close();
  }
}

interface Measured {
  /** Rows in a second. */
  readonly rate: number;
  /** Rows in a second of one processor. */
  readonly ofProcessor: number;
}

/** Two threads, each with half of the rows. */
async function bareRate(template: unknown, rows: number, hashes: boolean): Promise<Measured> {
  const threads = Array.from({ length: WORKERS }, (_, n) => {
    const workerData = { template, from: (n * rows) / WORKERS, to: ((n + 1) * rows) / WORKERS, hashes };
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
}

/** A database, a server that makes no parts, and workers beside it. */
async function openPlace(): Promise<{
  readonly server: ServerProcess;
  add(): Promise<void>;
  /** Kills a worker every ten seconds, and starts another. */
  kill(signal: AbortSignal): Promise<void>;
  kills(): number;
  /** Used by workers that are there, and by the server. */
  processorSeconds(): number;
  close(): Promise<void>;
}> {
  const postgres = await startExternalPostgres();
  const databaseUrl = await postgres.createStore();
  const dataDirectory = mkdtempSync(join(tmpdir(), 'datamaker-bench-'));
  process.env.DATAMAKER_JOB_WORKERS = '0';
  const server = await startServerProcess(KEY, { dataDirectory, databaseUrl });
  let workers: ChildProcess[] = [];
  let kills = 0;
  const add = async (): Promise<void> => {
    const worker = spawn(process.execPath, [join(import.meta.dirname, 'job-worker.ts'), dataDirectory, databaseUrl], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    workers.push(worker);
    await once(worker.stdout as NonNullable<ChildProcess['stdout']>, 'data');
  };
  const end = async (worker: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
    workers = workers.filter((one) => one !== worker);
    const exit = once(worker, 'exit');
    worker.kill(signal);
    await exit;
  };
  return {
    server,
    add,
    kills: () => kills,
    processorSeconds: () =>
      [server.pid, ...workers.map(({ pid = 0 }) => pid)].reduce((sum, pid) => sum + cpuSeconds(pid), 0),
    kill: async (signal) => {
      while (!signal.aborted) {
        await pause(KILL_MS, undefined, { signal }).catch(() => undefined);
        if (signal.aborted) return;
        const [oldest] = workers;
        if (oldest !== undefined) await end(oldest, 'SIGKILL');
        kills += 1;
        await add();
      }
    },
    close: async () => {
      for (const worker of workers) await end(worker, 'SIGTERM');
      await server.stop();
      await postgres.stop();
      rmSync(dataDirectory, { recursive: true, force: true });
      delete process.env.DATAMAKER_JOB_WORKERS;
    },
  };
}
