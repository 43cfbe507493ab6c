import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type PostgresServer, startPostgres } from '../../../packages/connectors/src/testing/start-postgres.ts';
import type { Options } from '../options.ts';
import { below, exactly } from '../targets.ts';
import { count, textTable } from '../text-table.ts';
import { type Figure, megabytes } from './figure.ts';
import { TABLES } from './seeding/tables.ts';
import type { Work } from './seeding/work.ts';

const ROWS_OF_A_TABLE = 50_000;
const script = join(import.meta.dirname, 'seeding', 'work.ts');

/** A million rows into twenty tables that refer to each other, and out again. */
export async function seeding(options: Options): Promise<Figure> {
  const rows = options.quick ? ROWS_OF_A_TABLE / 10 : ROWS_OF_A_TABLE;
  const folder = mkdtempSync(join(tmpdir(), 'dm-bench-'));
  const server = await startPostgres();
  try {
    await server.query(TABLES);
    const work = (what: string): Promise<Work> => worked(server, what, rows, join(folder, 'receipt.json'));
    const seed = await work('seed');
    const undo = await work('undo');
    const left = await rowsLeft(server);
    const lines = Object.entries({ seed, undo }).map(([name, done]) => [
      name,
      count(done.rows),
      count(done.rows / done.seconds),
      count(done.rows / done.cpuSeconds),
      megabytes(done.peak),
    ]);
    return {
      text: textTable(['PostgreSQL, 20 tables', 'rows', 'rows/s', 'rows/CPU s', 'memory'], lines),
      data: { seed, undo, left },
      targets: [
        below('seed of a million rows over 20 tables, memory', 500e6, seed.peak, megabytes),
        below('undo of a million rows over 20 tables, memory', 500e6, undo.peak, megabytes),
        exactly('rows that are left after the undo', 0, left),
      ],
    };
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true });
  }
}

async function worked(server: PostgresServer, what: string, rows: number, receipt: string): Promise<Work> {
  const place = [String(server.port), server.user, server.password];
  // The packages as they are built: reading TypeScript takes memory of its own.
  const flags = [script, what, ...place, String(rows), receipt];
  const { stdout } = await promisify(execFile)(process.execPath, flags);
  return JSON.parse(stdout) as Work;
}

async function rowsLeft(server: PostgresServer): Promise<number> {
  const tables = await server.query<{ name: string }>(
    `SELECT oid::regclass::text AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`,
  );
  let left = 0;
  for (const { name } of tables)
    left += Number((await server.query<{ n: string }>(`SELECT count(*) AS n FROM ${name}`))[0]?.n);
  return left;
}
