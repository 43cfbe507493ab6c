import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { templateFile } from '../contenders/contenders.ts';
import { atLeast, below, percent } from '../targets.ts';
import { count } from '../text-table.ts';
import { type Figure, megabytes, program } from './figure.ts';
import { peakBytes } from './process-usage.ts';

const MILLION = 1_000_000;
/** 20 million rows of CSV. */
const FILE_BYTES = 5.95e9;

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
    // A virtual machine gets memory for the system's cache when it is first touched, which is slow: touched here.
    plainRate(path, 20 * MILLION, FILE_BYTES);
    const file = await watched(20 * MILLION, path);
    const plain = plainRate(path, 20 * MILLION, FILE_BYTES);
    // Starting takes its share of a short run, which favours the long one: only a fall is what the target is about.
    const start = await rateAtMillion('/dev/null');
    const startFile = await rateAtMillion(path);
    return {
      data: { device, file, plainToFile: plain, millionToDevice: start, millionToFile: startFile },
      text: [
        `100 million rows to a null device: ${count(device.rowsPerSecond)} rows/s, at 1 million ${count(start)}`,
        `20 million rows to a file: ${count(file.rowsPerSecond)} rows/s, at 1 million ${count(startFile)}, plain writes of as many bytes ${count(plain)}`,
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
        atLeast(
          '20 million rows to a file, speed beside 1 million or plain writes, the slower of them',
          0.85,
          file.rowsPerSecond / Math.min(startFile, plain),
          percent,
        ),
      ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Rows a second of a program that makes none: as many bytes, of zeros, to the same path. A file of gigabytes meets the
 * system's memory and disk where one of a million rows meets a cache; this is the part of the difference that is not ours.
 */
function plainRate(path: string, rows: number, bytes: number): number {
  const piece = Buffer.alloc(512 * 1024);
  const file = openSync(path, 'w');
  const start = performance.now();
  for (let done = 0; done < bytes; done += piece.length) writeSync(file, piece);
  closeSync(file);
  const rate = rows / ((performance.now() - start) / 1000);
  rmSync(path, { force: true });
  return rate;
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
