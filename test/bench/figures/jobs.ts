import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Options } from '../options.ts';
import { atLeast } from '../targets.ts';
import { count, textTable } from '../text-table.ts';
import { bareRate } from './bare-rate.ts';
import type { Figure } from './figure.ts';
import { openJobPlace, type PartFigures } from './job-place.ts';

const WORKERS = 2;
/** Of a part, at most: what a job takes by itself for as many rows as there are here. */
const PART_ROWS = 2_000_000;
/** Rows of the bare threads, and of the job whose workers are killed, at most: longer tells nothing more. */
const BARE_ROWS = 40_000_000;
const KILLED_ROWS = 200_000_000;

/**
 * Rows in a second of jobs that two workers make, beside two threads of the same run that do nothing but the same: bytes are hashed and dropped,
 * undisturbed and with a worker that is killed every ten seconds; and bytes are hashed and kept.
 */
export async function jobs({ quick, rows: asked }: Options): Promise<Figure> {
  const rows = asked ?? (quick ? 40_000_000 : 1_000_000_000);
  const killedRows = Math.min(rows, KILLED_ROWS);
  // 300 bytes a row: a billion would fill most disks.
  const keptRows = Math.ceil(rows / 20);
  const part_rows = Math.min(PART_ROWS, Math.ceil(keptRows / 8));
  const template = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'customer.template.json'), 'utf8'));
  const bareRows = Math.min(rows, BARE_ROWS);
  const bare = await bareRate(template, bareRows, 'hash');
  const unhashed = await bareRate(template, bareRows, 'make');
  const written = await bareRate(template, Math.min(keptRows, BARE_ROWS), 'write');
  const place = await openJobPlace(template, { count: WORKERS });
  try {
    const calm = await place.measure({ count: rows, part_rows, sink: 'hash' });
    const killed = await place.measure({ count: killedRows, part_rows, sink: 'hash' }, place.kill);
    const kept = await place.measure({ count: keptRows, part_rows, sink: 'files' });
    for (const other of [killed, kept]) mustAgree(calm.parts, other.parts);
    const share = (value: number): string => `${(100 * value).toFixed(1)} %`;
    return {
      text: textTable(
        ['CSV, 18 columns', 'rows', 'rows/s', 'rows/CPU s'],
        [
          ['two threads of the engine', count(bareRows), count(unhashed.rate), count(unhashed.ofProcessor)],
          ['the same with hashing', count(bareRows), count(bare.rate), count(bare.ofProcessor)],
          [
            'the same with files',
            count(Math.min(keptRows, BARE_ROWS)),
            count(written.rate),
            count(written.ofProcessor),
          ],
          ['a job, hashed, 2 workers', count(rows), count(calm.rate), count(calm.ofProcessor)],
          ['one of them killed every 10 s', count(killedRows), count(killed.rate), ''],
          ['a job, hashed and kept', count(keptRows), count(kept.rate), count(kept.ofProcessor)],
        ],
      ),
      data: {
        rows,
        killedRows,
        keptRows,
        bare,
        unhashed,
        written,
        calm: { rate: calm.rate, ofProcessor: calm.ofProcessor },
        killed: killed.rate,
        kept: { rate: kept.rate, ofProcessor: kept.ofProcessor },
        kills: place.kills(),
      },
      targets: [
        atLeast('a job of 2 workers, beside two threads of the engine', 0.9, calm.rate / bare.rate, share),
        atLeast('the same, by processor time', 0.9, calm.ofProcessor / bare.ofProcessor, share),
        atLeast('with a worker killed every 10 s, beside without', 0.9, killed.rate / calm.rate, share),
        atLeast('a job that keeps its parts, beside two threads that write', 0.9, kept.rate / written.rate, share),
      ],
    };
  } finally {
    await place.close();
  }
}

/** Parts of two jobs with the same rows have the same bytes. A shorter job ends with a shorter part. @throws Error when they have not */
function mustAgree(all: readonly PartFigures[], some: readonly PartFigures[]): void {
  const known = new Map(all.map((part) => [part.number, part]));
  for (const { number, to, sha256 } of some) {
    const part = known.get(number);
    if (part !== undefined && part.to === to && part.sha256 !== sha256) {
      throw new Error(`part ${number} has other bytes than in the job that nobody disturbed`);
    }
  }
}
