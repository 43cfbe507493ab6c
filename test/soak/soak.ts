/** `npm run soak`: ten times the load of a busy day on a server and a worker, which must not grow. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { startExternalPostgres } from '../../packages/server/src/testing/external-postgres.ts';
import { startRestTarget } from '../../packages/server/src/testing/push-targets.ts';
import { startScriptedModel } from '../../packages/server/src/testing/scripted-model.ts';
import { residentBytes } from '../bench/figures/process-usage.ts';
import { startServerProcess } from '../bench/figures/server-process.ts';
import { askingOf } from './asking.ts';
import { grown, leftOut, mebibytes, type Sample } from './bounds.ts';
import { makeLoad } from './load.ts';

const KEY = 'soak-key-of-the-owner-0123456789';
/** Of one kind under way at a time: what comes before they have ended is left out, and counted. */
const MOST = 4;
const SAMPLES = 60;
/** What must be gone when all has ended, with how long it may take. */
const PASSING = {
  'notices in the queue': 'SELECT count(*) FROM datamaker_queue.job',
  'runs that have not ended': "SELECT count(*) FROM run WHERE state IN ('queued', 'running')",
  'rows that are reserved': 'SELECT count(*) FROM row_reservation',
  'parts of jobs': 'SELECT count(*) FROM generation_job_part',
  'bytes that belong to nobody': "SELECT count(*) FROM file_blob WHERE state <> 'kept'",
} as const;
const SETTLE_MS = 60_000;

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '30' } } });
const minutes = Number(values.minutes);
if (!(minutes >= 1)) throw new Error('--minutes takes a number from 1');

const postgres = await startExternalPostgres();
const databaseUrl = await postgres.createStore();
const dataDirectory = mkdtempSync(join(tmpdir(), 'datamaker-soak-'));
const [model, target] = [await startScriptedModel(), await startRestTarget()];
process.env['DATAMAKER_MODEL_URL'] = model.url;
process.env['DATAMAKER_JOB_WORKERS'] = '0';
const server = await startServerProcess(KEY, { dataDirectory, databaseUrl }, '127.0.0.1');
const path = join(import.meta.dirname, '..', 'bench', 'figures', 'job-worker.ts');
const worker = spawn(process.execPath, [path, dataDirectory, databaseUrl], { stdio: ['ignore', 'pipe', 'inherit'] });
await once(worker.stdout, 'data');
const database = new pg.Client({ connectionString: databaseUrl });
await database.connect();
const numberOf = async (query: string): Promise<number> =>
  Number(Object.values((await database.query(query)).rows[0])[0]);

const failures: string[] = [];
const counts = new Map<string, { done: number; late: number }>();
let acts = 0;
const over = new AbortController();
const pids = { server: server.pid, worker: worker.pid ?? 0 };
const sample = async (): Promise<Sample> => ({
  acts,
  processes: Object.fromEntries(
    Object.entries(pids).map(([name, pid]) => [
      name,
      { memory: residentBytes(pid), handles: readdirSync(`/proc/${pid}/fd`).length },
    ]),
  ),
  database: await numberOf('SELECT pg_database_size(current_database())'),
});

try {
  const load = await makeLoad(askingOf(server.url, KEY), target.url);
  const beginning = load.map(async ({ name, every, do: act }) => {
    const count = { done: 0, late: 0 };
    counts.set(name, count);
    const open = new Set<Promise<void>>();
    while (!over.signal.aborted) {
      if (open.size >= MOST) count.late += 1;
      else {
        const one = act()
          .then(() => {
            acts += 1;
            count.done += 1;
          })
          .catch((error: Error) => failures.push(`${name}: ${error.message}`))
          .then(() => void open.delete(one));
        open.add(one);
      }
      await pause(every, undefined, { signal: over.signal }).catch(() => undefined);
    }
    await Promise.all(open);
  });
  const samples: Sample[] = [];
  for (let n = 0; n < SAMPLES; n++) {
    await pause((minutes * 60_000) / SAMPLES);
    // What was taken is not looked at.
    target.taken.length = 0;
    samples.push(await sample());
    if (n % 6 === 5) print(samples.at(-1) as Sample);
  }
  over.abort();
  await Promise.all(beginning);
  for (const [name, { done, late }] of counts) console.log(`${name}: ${done}${late === 0 ? '' : `, left out ${late}`}`);
  const lines = [...grown(samples), ...(await leftOver()), ...leftOut(counts), ...failures.slice(0, 20)];
  console.log(lines.length === 0 ? 'Nothing has grown beyond its bound.' : `FAILED:\n  ${lines.join('\n  ')}`);
  process.exitCode = lines.length === 0 ? 0 : 1;
} finally {
  over.abort();
  await database.end();
  worker.kill('SIGTERM');
  await once(worker, 'exit');
  await server.stop();
  await Promise.all([model.close(), target.stop()]);
  await postgres.stop();
  rmSync(dataDirectory, { recursive: true, force: true });
}

function print({ processes, database: bytes }: Sample): void {
  const words = Object.entries(processes).map(
    ([name, { memory, handles }]) => `${name} ${mebibytes(memory)}, ${handles} handles`,
  );
  console.log(`${acts} acts; ${words.join('; ')}; database ${mebibytes(bytes)}`);
}

/** What ought to have gone and has not. */
async function leftOver(): Promise<string[]> {
  const until = performance.now() + SETTLE_MS;
  for (;;) {
    const lines: string[] = [];
    for (const [name, query] of Object.entries(PASSING)) {
      const left = await numberOf(query);
      if (left > 0) lines.push(`${name}: ${left} were left`);
    }
    if (lines.length === 0 || performance.now() > until) return lines;
    await pause(1000);
  }
}
