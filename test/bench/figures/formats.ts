import { contenders } from '../contenders/contenders.ts';
import { measureContender, type Run } from '../measure-contender.ts';
import type { Options } from '../options.ts';
import { count, textTable } from '../text-table.ts';
import type { Figure } from './figure.ts';

const FORMATS = [
  { format: 'csv' },
  { format: 'ndjson' },
  { format: 'json' },
  { format: 'sql', dialect: 'postgres' },
  { format: 'sql', dialect: 'oracle' },
];

/** The rows of the template in each format, on one thread, to a null device. */
export function formats(options: Options): Figure {
  const ours = contenders.find(({ peer, threads }) => peer === 'datamaker' && threads === 1);
  if (ours === undefined) throw new Error('DataMaker is not among the contenders');
  const rows = options.quick ? 500_000 : 6_000_000;
  const runs = FORMATS.map((format): { name: string; run: Run } => ({
    name: format.dialect === undefined ? format.format : `${format.format}, ${format.dialect}`,
    run: measureContender(ours, '/dev/null', rows, format),
  }));
  return {
    targets: [],
    data: runs,
    text: textTable(
      ['formats, one thread', 'rows/s', 'rows/CPU s', 'MB/s'],
      runs.map(({ name, run }) => [
        name,
        count(run.rowsPerSecond),
        count(run.rowsPerCpuSecond),
        count(run.megabytesPerSecond),
      ]),
    ),
  };
}
