import { spawnSync } from 'node:child_process';
import { type Contender, seedfaker, templateFile } from './contenders/contenders.ts';
import type { Measured } from './contenders/measured.ts';

/** What one run gave, in the units of the table. */
export interface Run extends Measured {
  /** Rows a second on the clock. */
  readonly rowsPerSecond: number;
  /** Rows for each second of processor time. */
  readonly rowsPerCpuSecond: number;
  /** Megabytes (10^6) a second on the clock. */
  readonly megabytesPerSecond: number;
}

/** Runs a contender once. @throws with what it wrote to standard error when it fails */
export function measureContender(contender: Contender, path: string, rows = contender.rows, format?: object): Run {
  const [command = '', ...args] = contender.command;
  const { status, stdout, stderr, error } = spawnSync(
    command,
    [...args, path, String(rows), String(contender.threads)],
    {
      encoding: 'utf8',
      env: {
        ...process.env,
        BENCH_TEMPLATE: templateFile,
        BENCH_SEEDFAKER: seedfaker,
        ...(format === undefined ? {} : { BENCH_FORMAT: JSON.stringify(format) }),
      },
    },
  );
  if (status !== 0) {
    const said = stderr.split('\n').find((line) => /error/i.test(line)) ?? stderr.trim();
    throw new Error(`${contender.name} failed: ${error?.message ?? said}`);
  }
  const measured = JSON.parse(stdout) as Measured;
  // A device takes bytes without counting them.
  const bytes = measured.bytes > 0 ? measured.bytes : Number.NaN;
  return {
    ...measured,
    bytes,
    rowsPerSecond: rows / measured.wall,
    rowsPerCpuSecond: rows / measured.cpu,
    megabytesPerSecond: bytes / 1e6 / measured.wall,
  };
}
