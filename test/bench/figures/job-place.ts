import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { startExternalPostgres } from '../../../packages/server/src/testing/external-postgres.ts';
import type { Rate } from './bare-rate.ts';
import { cpuSeconds } from './process-usage.ts';
import { startServerProcess } from './server-process.ts';

const KEY = `dmk_${'b'.repeat(40)}`;
const KILL_MS = 10_000;

interface Job {
  readonly state: string;
  readonly error: { readonly message: string } | null;
  readonly started_at: string;
  readonly ended_at: string;
}

/** What a part of a job is known by. */
export interface PartFigures {
  readonly number: number;
  readonly from: number;
  readonly to: number;
  readonly bytes: number;
  readonly sha256: string;
}

export interface MeasuredJob extends Rate {
  readonly parts: readonly PartFigures[];
}

/** A database, a server that makes no parts, and workers beside it that make one at a time each. */
export interface JobPlace {
  /** Has a job done, and forgets it. @param disturb goes on until the job is done */
  measure(body: JobBody, disturb?: (over: AbortSignal) => Promise<void>): Promise<MeasuredJob>;
  /** Kills a worker every ten seconds, and starts another. */
  kill(over: AbortSignal): Promise<void>;
  kills(): number;
  /** Ends all workers. @returns what each has said at its end */
  end(): Promise<string[]>;
  close(): Promise<void>;
}

export interface JobWorkers {
  readonly count: number;
  /** Of this folder, which says one line when it is ready; default: one that makes parts. */
  readonly program?: string;
  /** What it is told behind the data directory and the database. */
  readonly words?: readonly string[];
}

export interface JobBody {
  readonly count: number;
  readonly part_rows: number;
  readonly sink: 'files' | 'hash';
}

/** Opens one. @param template of all its jobs */
export async function openJobPlace(
  template: object,
  { count, program = 'job-worker.ts', words = [] }: JobWorkers,
): Promise<JobPlace> {
  const postgres = await startExternalPostgres(['max_connections=1000']);
  const databaseUrl = await postgres.createStore();
  const dataDirectory = mkdtempSync(join(tmpdir(), 'datamaker-bench-'));
  process.env.DATAMAKER_JOB_WORKERS = '0';
  const server = await startServerProcess(KEY, { dataDirectory, databaseUrl });
  const ask = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(server.url + path, { method, headers, ...sent });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (answer.status === 204 ? undefined : await answer.json()) as T;
  };
  let workers: ChildProcess[] = [];
  let kills = 0;
  const add = async (): Promise<void> => {
    const path = join(import.meta.dirname, program);
    const worker = spawn(process.execPath, [path, dataDirectory, databaseUrl, ...words], {
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
  /** Used by workers that are there, and by the server. */
  const processorSeconds = (): number =>
    [server.pid, ...workers.map(({ pid = 0 }) => pid)].reduce((sum, pid) => sum + cpuSeconds(pid), 0);
  const { id: template_id } = await ask<{ id: string }>('POST', '/templates', template);
  await Promise.all(Array.from({ length: count }, add));
  return {
    measure: async (body, disturb = async () => undefined) => {
      const { run_id: id } = await ask<{ run_id: string }>('POST', '/jobs', {
        template_id,
        format: 'csv',
        seed: 'bench',
        ...body,
      });
      const over = new AbortController();
      const before = processorSeconds();
      const disturbing = disturb(over.signal);
      let job = await ask<Job>('GET', `/jobs/${id}`);
      while (job.state === 'queued' || job.state === 'running') job = await ask<Job>('GET', `/jobs/${id}?wait=true`);
      const used = processorSeconds() - before;
      over.abort();
      await disturbing;
      if (job.state !== 'done') throw new Error(`the job is ${job.state}: ${job.error?.message}`);
      const { parts } = await ask<{ parts: PartFigures[] }>('GET', `/jobs/${id}/manifest`);
      await ask('DELETE', `/runs/${id}`);
      const seconds = (Date.parse(job.ended_at) - Date.parse(job.started_at)) / 1000;
      return { rate: body.count / seconds, ofProcessor: body.count / used, parts };
    },
    kill: async (over) => {
      while (!over.aborted) {
        await pause(KILL_MS, undefined, { signal: over }).catch(() => undefined);
        if (over.aborted) return;
        const [oldest] = workers;
        if (oldest !== undefined) await end(oldest, 'SIGKILL');
        kills += 1;
        await add();
      }
    },
    kills: () => kills,
    end: () =>
      Promise.all(
        [...workers].map(async (worker) => {
          const words = text(worker.stdout as NonNullable<ChildProcess['stdout']>);
          await end(worker, 'SIGTERM');
          return words;
        }),
      ),
    close: async () => {
      for (const worker of workers) await end(worker, 'SIGTERM');
      await server.stop();
      await postgres.stop();
      rmSync(dataDirectory, { recursive: true, force: true });
      delete process.env.DATAMAKER_JOB_WORKERS;
    },
  };
}
