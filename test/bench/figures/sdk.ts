import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PostgresServer, startPostgres } from '../../../packages/connectors/src/testing/start-postgres.ts';
import { pythonWith } from '../../python/virtual-environment.ts';
import type { Options } from '../options.ts';
import { median } from '../statistics.ts';
import { atLeast, percent } from '../targets.ts';
import { count, ratio, textTable } from '../text-table.ts';
import { type Figure, megabytes, program } from './figure.ts';
import { cpuSeconds, peakBytes, treeCpuSeconds } from './process-usage.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';

const ROWS = 1_000_000;
const LOOK_MS = 20;
const TABLE = 'customer';
const DDL = `CREATE TABLE customer (
  id bigint PRIMARY KEY, first_name text NOT NULL, last_name text NOT NULL, email text NOT NULL, phone text NOT NULL, city text NOT NULL,
  country_code char(2) NOT NULL, birth_date date NOT NULL, balance numeric(12, 2) NOT NULL, created_at timestamptz NOT NULL,
  is_active boolean NOT NULL)`;
const sdk = join(import.meta.dirname, '..', '..', '..', 'python', 'sdk');
const SCRIPT = join(import.meta.dirname, 'sdk', 'insert_rows.py');
const KEY = 'dmk_owner_of_the_bench_of_the_package';

const WAYS = {
  lazy: 'insert of a stream as it is',
  changed: 'insert of a stream that the script changes',
  made: 'insert of rows that the script makes',
} as const;

/** The same in runs of scenarios, with all that the server keeps of them. */
const WAYS_OF_RUNS = {
  lazy: 'in a run: a stream as it is',
  changed: 'in a run: a stream that it changes',
  made: 'in a run: rows that it makes',
} as const;

/** What scripts of runs need: one of the packages that scenarios find by themselves elsewhere. */
const NEEDS = '# requirements: orjson==3.10.18\n';

/** What a way took: processor seconds of whoever asks (the command line, or Python; of a run nobody knows), of the server and of the target. */
interface Took {
  readonly seconds: number;
  readonly client: number;
  readonly server: number;
  readonly target: number;
  /** Bytes that whoever asks has held. */
  readonly peak: number;
}

/** A million rows into a table of PostgreSQL: by `datamaker seed`, and by `insert` of the Python package, in one run. */
export async function sdkInserts({ quick, rounds }: Options): Promise<Figure> {
  const rows = quick ? ROWS / 10 : ROWS;
  const python = await pythonWith(new URL('../../../python/sdk/requirements.txt', import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), 'dm-bench-'));
  const target = await startPostgres();
  const server = await startServerProcess(KEY, undefined, '127.0.0.0/8');
  try {
    await target.query(DDL);
    const url = `postgres://test:${encodeURIComponent(target.password)}@127.0.0.1:${target.port}/postgres`;
    const names = await makeObjects(server, url);
    const all: Record<string, Took[]> = {};
    const took = async (name: string, work: () => Promise<Pick<Took, 'client' | 'peak'>>): Promise<void> => {
      all[name] = [...(all[name] ?? []), await measured(target, server, rows, work)];
    };
    const { run } = names;
    // Its environment is made by the first.
    await run(`${NEEDS}print("here")`);
    for (let round = 0; round < rounds; round++) {
      await took('datamaker seed', () => seeded(url, rows, join(folder, `receipt-${round}.json`)));
      for (const [way, name] of Object.entries(WAYS))
        await took(name, () => inserted(python, server, way, [names.template, names.connection, TABLE, String(rows)]));
      for (const [way, name] of Object.entries(WAYS_OF_RUNS))
        await took(name, () => run(scriptOf(way, [names.template, names.connection, TABLE, String(rows)])));
    }
    const seed = all['datamaker seed'] ?? [];
    const table = Object.entries(all).map(([name, runs]) => {
      const middle = (of: (run: Took) => number): number => median(runs.map(of));
      return {
        name,
        rate: rows / middle(({ seconds }) => seconds),
        ofSeed: median(runs.map(({ seconds }, i) => (seed[i]?.seconds ?? Number.NaN) / seconds)),
        client: middle(({ client }) => client),
        server: middle((run) => run.server),
        target: middle((run) => run.target),
        peak: middle(({ peak }) => peak),
      };
    });
    const seconds = (value: number): string => (Number.isNaN(value) ? '' : value.toFixed(1));
    return {
      text: textTable(
        ['PostgreSQL, 11 columns', 'rows/s', 'x seed', 'CPU s', 'of the server', 'of PostgreSQL', 'memory'],
        table.map((one) => [
          one.name,
          count(one.rate),
          ratio(one.ofSeed),
          ...[one.client, one.server, one.target].map(seconds),
          megabytes(one.peak),
        ]),
      ),
      data: { rows, ways: table },
      targets: table
        .slice(1)
        .map(({ name, ofSeed }) => atLeast(`Python: ${name}, beside datamaker seed`, 0.5, ofSeed, percent)),
    };
  } finally {
    await server.stop();
    await target.stop();
    rmSync(folder, { recursive: true });
  }
}

/** A connection to the target, the template that a seed would use for its table, and what executes scenarios. */
async function makeObjects({ url }: ServerProcess, database: string) {
  const ask = async <Answer>(method: string, path: string, body?: unknown): Promise<Answer> => {
    const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' };
    const answer = await fetch(url + path, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`);
    return (await answer.json()) as Answer;
  };
  const { id: connection } = await ask<{ id: string }>('POST', '/connections', {
    name: 'target',
    type: 'postgres',
    url: database,
  });
  const found = await ask<{ template: object }>('GET', `/connections/${connection}/metadata/template?table=${TABLE}`);
  const { id: template } = await ask<{ id: string }>('POST', '/templates', { name: TABLE, ...found.template });
  const run = async (code: string): Promise<Pick<Took, 'client' | 'peak'>> => {
    const scenario = await ask<{ id: string }>('POST', '/scenarios', { name: 'bench', code });
    const { run_id: id } = await ask<{ run_id: string }>('POST', `/scenarios/${scenario.id}/run`, {});
    for (;;) {
      const path = `/scenarios/${scenario.id}/runs/${id}?wait=true`;
      const { state, ended_at: end, error, peak_memory_bytes: peak } = await ask<RunBody>('GET', path);
      if (end === null) continue;
      if (state !== 'done') throw new Error(`the run ended as ${state}: ${error?.message}`);
      return { client: Number.NaN, peak: peak ?? Number.NaN };
    }
  };
  return { connection, template, run };
}

interface RunBody {
  readonly state: string;
  readonly ended_at: string | null;
  readonly error: { readonly message: string } | null;
  readonly peak_memory_bytes: number | null;
}

/** What Python does outside of runs, as a scenario. */
const scriptOf = (way: string, names: readonly string[]): string =>
  `${NEEDS}import sys\nsys.argv[1:] = ${JSON.stringify([way, ...names])}\n${readFileSync(SCRIPT, 'utf8')}`;

/** Fills the table, which is empty before and checked after. */
async function measured(
  target: PostgresServer,
  server: ServerProcess,
  rows: number,
  work: () => Promise<Pick<Took, 'client' | 'peak'>>,
): Promise<Took> {
  await target.query(`TRUNCATE ${TABLE}`);
  await target.query('CHECKPOINT');
  const before = { server: cpuSeconds(server.pid), target: treeCpuSeconds(target.pid) };
  const start = performance.now();
  const done = await work();
  const seconds = (performance.now() - start) / 1000;
  const [found] = await target.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${TABLE}`);
  if (found?.n !== rows) throw new Error(`the table has ${found?.n} rows, not ${rows}`);
  return {
    ...done,
    seconds,
    server: cpuSeconds(server.pid) - before.server,
    target: treeCpuSeconds(target.pid) - before.target,
  };
}

const seeded = (url: string, rows: number, receipt: string): Promise<Pick<Took, 'client' | 'peak'>> =>
  watched(process.execPath, [
    program,
    ...['seed', url, '--rows', String(rows), '--seed', 'bench', '--yes', '--receipt', receipt],
  ]);

const inserted = (
  python: string,
  { url }: ServerProcess,
  way: string,
  names: readonly string[],
): Promise<Pick<Took, 'client' | 'peak'>> =>
  watched(python, [SCRIPT, way, ...names], {
    PYTHONPATH: join(sdk, 'src'),
    DM_URL: url,
    DM_API_KEY: KEY,
  });

/** Runs a program to its end, and looks at it meanwhile. */
async function watched(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Pick<Took, 'client' | 'peak'>> {
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ...env } });
  const pid = child.pid ?? 0;
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  let [client, peak] = [0, 0];
  const look = setInterval(() => {
    try {
      [client, peak] = [cpuSeconds(pid), peakBytes(pid) || peak];
    } catch {
      // It has ended.
    }
  }, LOOK_MS);
  const [code] = (await once(child, 'close')) as [number | null];
  clearInterval(look);
  if (code !== 0) throw new Error(`${command} ended with ${code}: ${said}`);
  return { client, peak };
}
