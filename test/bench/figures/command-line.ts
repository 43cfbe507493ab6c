import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { templateFile } from '../contenders/contenders.ts';
import type { Options } from '../options.ts';
import { median } from '../statistics.ts';
import { below } from '../targets.ts';
import { count } from '../text-table.ts';
import { type Figure, milliseconds, program } from './figure.ts';

/** Few rows are made on one thread, many on several, which have to be started. */
const ROWS = [1000, 1_000_000];

/** How soon the command line and the server are there. */
export async function commandLine(options: Options): Promise<Figure> {
  const times = options.quick ? 2 : 5;
  const first = ROWS.map((): number[] => []);
  // The first start fills the compile cache, and is not one that a user meets twice.
  await untilOutput(generate(1), /./);
  for (let i = 0; i < times; i++) {
    for (const [which, rows] of ROWS.entries()) first[which]?.push(await untilOutput(generate(rows), /./));
  }
  const data = mkdtempSync(join(tmpdir(), 'datamaker-bench-'));
  const serve = ['serve', '--port', '0', '--data-dir', data];
  const starts: number[] = [];
  try {
    for (let i = 0; i <= (options.quick ? 1 : 3); i++) starts.push(await untilOutput(serve, /ready at/));
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
  return {
    text: `first start of the server, which makes its database: ${milliseconds(starts[0] ?? 0)}`,
    data: { firstByteMilliseconds: first, serverStartMilliseconds: starts },
    targets: [
      ...ROWS.map((rows, i) =>
        below(`command line, start to first byte of ${count(rows)} rows`, 300, median(first[i] ?? []), milliseconds),
      ),
      below('server, warm start', 1500, median(starts.slice(1)), milliseconds),
    ],
  };
}

const generate = (rows: number): string[] => [
  ...['generate', templateFile, '--count', String(rows), '--format', 'csv', '--seed', 'bench'],
];

/** Milliseconds from the start of the program until its output holds a text; then it is stopped. */
function untilOutput(args: readonly string[], wanted: RegExp): Promise<number> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    let taken: number | undefined;
    child.stdout.on('data', (chunk: Buffer) => {
      if (taken !== undefined) return;
      output += chunk.toString();
      if (!wanted.test(output)) return;
      taken = performance.now() - start;
      child.kill('SIGTERM');
    });
    child.on('error', reject);
    child.on('exit', (code) =>
      taken === undefined ? reject(new Error(`datamaker ${args[0]} ended with ${code}`)) : resolve(taken),
    );
  });
}
