import { closeSync, openSync, writeSync } from 'node:fs';

/** What a contender prints: one line of JSON. */
export interface Measured {
  readonly rows: number;
  readonly bytes: number;
  /** Seconds on the clock for the generating part, without start-up. */
  readonly wall: number;
  /** User and system seconds of all threads of the process in that part. */
  readonly cpu: number;
  /** Largest resident size of the process, in bytes. */
  readonly rss: number;
}

/** The first lines of every contender in JavaScript: `<path> <rows> [threads]`. */
export function contenderArguments(): { path: string; rows: number; threads: number } {
  const [path = '', rows = '', threads = '1'] = process.argv.slice(2);
  return { path, rows: Number(rows), threads: Number(threads) };
}

/** Measures the generating part, which gives the number of bytes written, and prints the result. */
export async function measured(rows: number, generate: () => number | Promise<number>): Promise<void> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  const bytes = await generate();
  const wall = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const result: Measured = {
    rows,
    bytes,
    wall,
    cpu: (user + system) / 1e6,
    rss: process.resourceUsage().maxRSS * 1024,
  };
  console.log(JSON.stringify(result));
}

/** Opens a path for writing for the length of a task; `write` writes the whole of a piece and counts it. */
export async function writing(path: string, task: (write: (piece: Uint8Array | string) => void) => unknown) {
  const file = openSync(path, 'w');
  let bytes = 0;
  try {
    await task((piece) => {
      const whole = typeof piece === 'string' ? Buffer.from(piece) : piece;
      for (let done = 0; done < whole.length; ) done += writeSync(file, whole, done);
      bytes += whole.length;
    });
  } finally {
    closeSync(file);
  }
  return bytes;
}
