import type { Options } from '../options.ts';
import { below } from '../targets.ts';
import { count, textTable } from '../text-table.ts';
import type { Figure } from './figure.ts';
import { openJobPlace } from './job-place.ts';

const TEMPLATE = { name: 'numbers', fields: [{ name: 'id', type: 'sequence' }] };
/** What a part takes: those of large jobs have two million rows, which is some seconds of a core. */
const PART_MS = 5000;
const PART_ROWS = 10;

interface Worked {
  /** Milliseconds of making, of those between the beginning of the first part and the end of the last. */
  readonly making: number;
  readonly all: number;
  readonly parts: number;
}

/**
 * What the queue costs 50 workers: processes of their own that take parts as all workers do, and only wait instead of making them. How much of their
 * time is neither; and how many parts a second there can be when making takes no time. They share the processors of this machine with the database.
 */
export async function queue({ quick }: Options): Promise<Figure> {
  const workers = quick ? 10 : 50;
  const each = quick ? 3 : 8;
  const shared = await work(workers, PART_MS, workers * each);
  const overhead = 1 - sum(shared, ({ making }) => making) / sum(shared, ({ all }) => all);
  const busy = await work(workers, 0, quick ? 500 : 3000);
  const seconds = Math.max(...busy.map(({ all }) => all)) / 1000;
  const rate = sum(busy, ({ parts }) => parts) / seconds;
  const share = (value: number): string => `${(100 * value).toFixed(2)} %`;
  return {
    text: textTable(
      [`${workers} workers`, 'parts', 'measured'],
      [
        [`time beside parts of ${PART_MS / 1000} s`, count(workers * each), share(overhead)],
        ['parts a second that take no time', count(sum(busy, ({ parts }) => parts)), rate.toFixed(0)],
      ],
    ),
    data: { workers, partMs: PART_MS, overhead, partsPerSecond: rate },
    targets: [below(`time that the queue costs ${workers} workers`, 0.02, overhead, share)],
  };
}

/** Has a job of so many parts done. @returns what each worker that had any says of its time */
async function work(workers: number, ms: number, parts: number): Promise<Worked[]> {
  const place = await openJobPlace(TEMPLATE, {
    count: workers,
    program: 'stub-job-worker.ts',
    words: [String(ms)],
  });
  try {
    await place.measure({ count: parts * PART_ROWS, part_rows: PART_ROWS, sink: 'hash' });
    const said = (await place.end()).map((line) => JSON.parse(line) as Worked);
    return said.filter((one) => one.parts > 0);
  } finally {
    await place.close();
  }
}

const sum = <T>(all: readonly T[], of: (one: T) => number): number => all.reduce((total, one) => total + of(one), 0);
