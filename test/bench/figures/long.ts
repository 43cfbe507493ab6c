import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { templateFile } from '../contenders/contenders.ts';
import { atLeast, below, percent } from '../targets.ts';
import { count } from '../text-table.ts';
import { type Figure, megabytes, program } from './figure.ts';
import { peakBytes } from './process-usage.ts';

const MILLION = 1_000_000;
const DEVICE = '/dev/null';

interface Watched {
  readonly rowsPerSecond: number;
  readonly peak: number;
}

/** The command line with many rows: memory stays bounded, speed stays what it is at a million. */
export async function long(): Promise<Figure> {
  const folder = mkdtempSync(join(tmpdir(), 'datamaker-bench-'));
  try {
    const path = join(folder, 'rows.csv');
    const device = await watched(100 * MILLION, DEVICE);
    const file = await watched(20 * MILLION, path);
    const redirected = await watched(20 * MILLION, path, true);
    // Starting takes its share of a short run, which favours the long one: only a fall is what the target is about.
    const start = await rateAtMillion(DEVICE);
    const startFile = await rateAtMillion(path);
    return {
      data: { device, file, redirected, millionToDevice: start, millionToFile: startFile },
      text: [
        `100 million rows to a null device: ${count(device.rowsPerSecond)} rows/s, at 1 million ${count(start)}`,
        `20 million rows to a file: ${count(file.rowsPerSecond)} rows/s, at 1 million ${count(startFile)}, and redirected to one by the shell ${count(redirected.rowsPerSecond)}`,
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

/**
 * Runs `datamaker generate` into a path and watches its memory, which the system keeps the peak of.
 * @param redirected whether the path is the standard output, opened before, instead of what `--out` says
 */
async function watched(rows: number, path: string, redirected = false): Promise<Watched> {
  // Taking a large file away is no part of making one.
  if (path !== DEVICE) rmSync(path, { force: true });
  const out = redirected ? openSync(path, 'w') : undefined;
  const options = [
    '--count',
    String(rows),
    '--format',
    'csv',
    '--seed',
    'bench',
    ...(redirected ? [] : ['--out', path]),
  ];
  const start = performance.now();
  const child = spawn(process.execPath, [program, 'generate', templateFile, ...options], {
    stdio: ['ignore', out ?? 'ignore', 'inherit'],
  });
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, peakBytes(child.pid ?? 0) || 0);
  }, 50);
  try {
    const [code] = await once(child, 'exit');
    if (code !== 0) throw new Error(`datamaker generate ended with ${code}`);
    return { rowsPerSecond: rows / ((performance.now() - start) / 1000), peak };
  } finally {
    clearInterval(watch);
    if (out !== undefined) closeSync(out);
  }
}
