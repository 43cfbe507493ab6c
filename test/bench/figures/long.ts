import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { templateFile } from '../contenders/contenders.ts';
import { atLeast, below, percent } from '../targets.ts';
import { count } from '../text-table.ts';
import { type Figure, megabytes, program } from './figure.ts';
import { peakBytes } from './process-usage.ts';

const MILLION = 1_000_000;

interface Watched {
  readonly rowsPerSecond: number;
  readonly peak: number;
}

/** The command line with many rows: memory stays bounded, speed stays what it is at a million. */
export async function long(): Promise<Figure> {
  const folder = mkdtempSync(join(tmpdir(), 'datamaker-bench-'));
  try {
    const path = join(folder, 'rows.csv');
    const device = await watched(100 * MILLION, '/dev/null');
    const file = await watched(20 * MILLION, path);
    rmSync(path, { force: true });
    // Starting takes its share of a short run, which favours the long one: only a fall is what the target is about.
    const start = await rateAtMillion('/dev/null');
    const startFile = await rateAtMillion(path);
    return {
      data: { device, file, millionToDevice: start, millionToFile: startFile },
      text: [
        `100 million rows to a null device: ${count(device.rowsPerSecond)} rows/s, at 1 million ${count(start)}`,
        `20 million rows to a file: ${count(file.rowsPerSecond)} rows/s, at 1 million ${count(startFile)}`,
      ].join('\n'),
      targets: [
        below('100 million rows to a null device, memory throughout', 300e6, device.peak, megabytes),
        below('20 million rows to a file, memory throughout', 300e6, file.peak, megabytes),
        atLeast(
          '100 million rows to a null device, speed beside 1 million',
          0.85,
          device.rowsPerSecond / start,
          percent,
        ),
        atLeast('20 million rows to a file, speed beside 1 million', 0.85, file.rowsPerSecond / startFile, percent),
      ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The best of three runs of a million rows. */
async function rateAtMillion(path: string): Promise<number> {
  const rates: number[] = [];
  for (let i = 0; i < 3; i++) rates.push((await watched(MILLION, path)).rowsPerSecond);
  return Math.max(...rates);
}

/** Runs `datamaker generate` into a path and watches its memory, which the system keeps the peak of. */
function watched(rows: number, path: string): Promise<Watched> {
  return new Promise((resolve, reject) => {
    const out = openSync(path, 'w');
    const start = performance.now();
    const child = spawn(
      process.execPath,
      [program, 'generate', templateFile, '--count', String(rows), '--format', 'csv', '--seed', 'bench'],
      {
        stdio: ['ignore', out, 'inherit'],
      },
    );
    let peak = 0;
    const watch = setInterval(() => {
      peak = Math.max(peak, peakBytes(child.pid ?? 0) || 0);
    }, 50);
    child.on('error', reject);
    child.on('exit', (code) => {
      clearInterval(watch);
      closeSync(out);
      if (code !== 0) reject(new Error(`datamaker generate ended with ${code}`));
      else resolve({ rowsPerSecond: rows / ((performance.now() - start) / 1000), peak });
    });
  });
}
