import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type SeedServer, SYSTEMS } from '../../../packages/seeding/src/testing/systems.ts';
import type { Options } from '../options.ts';
import { below, exactly } from '../targets.ts';
import { count, textTable } from '../text-table.ts';
import { type Figure, megabytes } from './figure.ts';
import { MARIADB_TABLES, TABLES } from './seeding/tables.ts';
import type { Work } from './seeding/work.ts';

const ROWS_OF_A_TABLE = 50_000;
const script = join(import.meta.dirname, 'seeding', 'work.ts');

/** A million rows into twenty tables that refer to each other, and out again. */
export async function seeding(options: Options): Promise<Figure> {
  const rows = options.quick ? ROWS_OF_A_TABLE / 10 : ROWS_OF_A_TABLE;
  const figures: Figure[] = [];
  for (const [name, start] of SYSTEMS) figures.push(await seededAndBack(name, await start(), rows));
  return {
    text: figures.map(({ text }) => text).join('\n\n'),
    data: Object.fromEntries(SYSTEMS.map(([name], i) => [name, figures[i]?.data])),
    targets: figures.flatMap(({ targets }) => targets),
  };
}

async function seededAndBack(name: string, server: SeedServer, rows: number): Promise<Figure> {
  const folder = mkdtempSync(join(tmpdir(), 'dm-bench-'));
  try {
    await server.remake(server.type === 'postgres' ? TABLES : MARIADB_TABLES);
    const work = (what: string): Promise<Work> => worked(server, what, rows, join(folder, 'receipt.json'));
    const seed = await work('seed');
    const undo = await work('undo');
    const left = await rowsLeft(server);
    const lines = Object.entries({ seed, undo }).map(([what, done]) => [
      what,
      count(done.rows),
      count(done.rows / done.seconds),
      count(done.rows / done.cpuSeconds),
      megabytes(done.peak),
    ]);
    return {
      text: textTable([`${name}, 20 tables`, 'rows', 'rows/s', 'rows/CPU s', 'memory'], lines),
      data: { seed, undo, left },
      targets: [
        below(`${name}: seed of a million rows over 20 tables, memory`, 500e6, seed.peak, megabytes),
        below(`${name}: undo of a million rows over 20 tables, memory`, 500e6, undo.peak, megabytes),
        exactly(`${name}: rows that are left after the undo`, 0, left),
      ],
    };
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true });
  }
}

async function worked({ type, url }: SeedServer, what: string, rows: number, receipt: string): Promise<Work> {
  // The packages as they are built: reading TypeScript takes memory of its own.
  const flags = [script, what, type, url(), String(rows), receipt];
  const { stdout } = await promisify(execFile)(process.execPath, flags);
  return JSON.parse(stdout) as Work;
}

const rowsLeft = async (server: SeedServer): Promise<number> =>
  Object.values(await server.checksums()).reduce((left, sum) => left + Number(sum.split(' ')[0]), 0);
