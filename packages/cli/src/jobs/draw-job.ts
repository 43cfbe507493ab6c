import { printable } from '../errors/printable.ts';
import { drawTable } from '../output/draw-table.ts';
import type { RemoteJob } from './remote-job.ts';

/** How far a job is, for people. */
export function drawJob(job: RemoteJob): string {
  const { parts, progress } = job;
  const rate = job.rows_per_second === null ? '' : `, ${job.rows_per_second.toLocaleString('en')} rows/s`;
  const left = job.seconds_left === null ? '' : `, ${job.seconds_left} s left`;
  const rows = [
    ['id', job.id],
    ['state', job.state],
    ['rows', `${progress.rows.toLocaleString('en')} of ${progress.total.toLocaleString('en')}${rate}${left}`],
    ['bytes', progress.bytes.toLocaleString('en')],
    ['parts', `${parts.done} of ${parts.total}${parts.running === 0 ? '' : `, ${parts.running} under way`}`],
    ['sink', job.part_files === true ? `${job.sink}, one for each part` : job.sink],
    ...(job.error === null ? [] : [['error', printable(`${job.error.code}: ${job.error.message}`)]]),
  ];
  return `${drawTable(rows).join('\n')}\n`;
}
