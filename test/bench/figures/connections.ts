import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Dialer, loadConnector, OutboundPolicy, type Rows, type Session } from '@datamaker/connectors';
import { compileTemplate, generateRows, type Plan, parseFormat, parseTemplateText } from '@datamaker/engine';
import { stream } from '@datamaker/engine/run';
import { type PostgresServer, startPostgres } from '../../../packages/connectors/src/testing/start-postgres.ts';
import { templateFile } from '../contenders/contenders.ts';
import type { Options } from '../options.ts';
import { median } from '../statistics.ts';
import { atLeast, percent } from '../targets.ts';
import { count, ratio, textTable } from '../text-table.ts';
import type { Figure } from './figure.ts';
import { insertsIntoMariaDb } from './inserts-into-mariadb.ts';
import { insertsOverRest } from './inserts-over-rest.ts';

const ROWS = 500_000;
/** Inserting is slower, and its rate does not hang on how many there are. */
const INSERTED = 50_000;

const TABLE = { schema: 'public', name: 'customer' };
const DDL = `CREATE TABLE customer (
  id bigint, uuid uuid, first_name text, last_name text, email text, phone text, street_address text, city text, country_code char(2),
  postcode text, birth_date date, signup_at timestamptz, balance numeric(14, 2), is_active boolean, status text, credit_card text,
  iban text, note text)`;

/** Rows into PostgreSQL: beside `psql` with the same file, in the same run, the table emptied between. Rows into MariaDB, and over REST. */
export async function connections(options: Options): Promise<Figure> {
  const rows = options.quick ? ROWS / 10 : ROWS;
  const plan = await customerPlan();
  const folder = mkdtempSync(join(tmpdir(), 'dm-bench-'));
  const server = await startPostgres();
  try {
    await server.query(DDL);
    const csv = join(folder, 'rows.csv');
    await pipeline(generated(plan, rows), createWriteStream(csv));
    const columns = plan.fields.map(({ name }) => name);
    const file = (): AsyncIterable<Uint8Array> => createReadStream(csv, { highWaterMark: 4_194_304 });
    const ways: Readonly<Record<string, () => Promise<unknown>>> = {
      'psql \\copy of a file': () => psql(server, csv),
      'copy of the same file': () => connected(server, (session) => session.copy?.(TABLE, columns, file())),
      'copy of rows as they are made': () =>
        connected(server, (session) => session.copy?.(TABLE, columns, generated(plan, rows))),
    };
    const seconds = new Map<string, number[]>();
    for (let round = 0; round < options.rounds; round++) {
      for (const [name, way] of Object.entries(ways)) {
        seconds.set(name, [...(seconds.get(name) ?? []), await timed(server, rows, way)]);
      }
    }
    const made = [...batchesOf(plan)];
    const insert = await timed(server, INSERTED, () => connected(server, (session) => session.insert(TABLE, made)));
    const beside = seconds.get('psql \\copy of a file') ?? [];
    const table = Array.from(seconds, ([name, all]) => {
      const times = median(all.map((one, i) => (beside[i] ?? Number.NaN) / one));
      return { name, rate: rows / median(all), megabytes: statSync(csv).size / 1e6 / median(all), times };
    });
    const lines = table.map(({ name, rate, megabytes, times }) => [name, count(rate), count(megabytes), ratio(times)]);
    lines.push(['insert of rows', count(INSERTED / insert), '', '']);
    const mariaDb = await insertsIntoMariaDb(made, options.rounds);
    const rest = await insertsOverRest(made, options.rounds);
    return {
      text: `${textTable(['PostgreSQL, 18 columns', 'rows/s', 'MB/s', 'x psql'], lines)}\n\n${mariaDb.text}\n\n${rest.text}`,
      data: { ways: table, insertedRowsPerSecond: INSERTED / insert, mariaDb: mariaDb.data, rest: rest.data },
      targets: [
        ...table.slice(1).map(({ name, times }) => atLeast(`PostgreSQL: ${name}, beside psql`, 0.8, times, percent)),
        ...mariaDb.targets,
        ...rest.targets,
      ],
    };
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true });
  }
}

async function customerPlan(): Promise<Plan> {
  const template = parseTemplateText(readFileSync(templateFile, 'utf8'));
  if (!template.ok) throw new Error(JSON.stringify(template.diagnostics));
  const plan = await compileTemplate(template.value, { seed: 'bench' });
  if (!plan.ok) throw new Error(JSON.stringify(plan.diagnostics));
  return plan.value;
}

function generated(plan: Plan, rows: number): AsyncIterable<Uint8Array> {
  const format = parseFormat({ format: 'csv', header: false });
  if (!format.ok) throw new Error(JSON.stringify(format.diagnostics));
  return stream(plan, { format: format.value, to: rows, threads: 1 });
}

function* batchesOf(plan: Plan): Generator<Rows> {
  for (let from = 0; from < INSERTED; from += 1000) {
    yield generateRows(plan, from, Math.min(from + 1000, INSERTED)) as Rows;
  }
}

/** Seconds of a way to fill the table, which is empty before and checked after. */
async function timed(server: PostgresServer, rows: number, way: () => Promise<unknown>): Promise<number> {
  await server.query('TRUNCATE customer');
  await server.query('CHECKPOINT');
  const start = performance.now();
  await way();
  const seconds = (performance.now() - start) / 1000;
  const [found] = await server.query<{ n: number }>('SELECT count(*)::int AS n FROM customer');
  if (found?.n !== rows) throw new Error(`the table has ${found?.n} rows, not ${rows}`);
  return seconds;
}

async function connected(
  server: PostgresServer,
  use: (session: Session) => Promise<unknown> | undefined,
): Promise<void> {
  const connector = await loadConnector('postgres');
  const auth = { type: 'basic', username: server.user, password: server.password };
  const { config, secrets } = connector.parse({ url: `postgres://127.0.0.1:${server.port}/postgres`, auth });
  const dialer = new Dialer(new OutboundPolicy(['127.0.0.0/8']));
  const session = await connector.open(config, { dialer, secrets, readOnly: false });
  try {
    await use(session);
  } finally {
    await session.close();
  }
}

async function psql(server: PostgresServer, csv: string): Promise<void> {
  const place = ['-h', '127.0.0.1', '-p', String(server.port), '-U', server.user, '-d', 'postgres'];
  const child = spawn('psql', ['-X', '-q', ...place, '-c', `\\copy customer from '${csv}' csv`], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, PGPASSWORD: server.password },
  });
  const [code] = (await once(child, 'exit')) as [number];
  if (code !== 0) throw new Error('psql failed');
}
