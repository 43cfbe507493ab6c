import { z } from 'zod';
import { JOB_SINKS } from '../../job-sinks.ts';
import type { FoundJob, JobCheck } from '../../services/jobs/job-service.ts';
import { partName } from '../../services/jobs/part-name.ts';
import type { JobProgress, StoredPart } from '../../store/generation-jobs.ts';
import { generateBody } from './generation.ts';
import { presentRun, runSchema } from './run.ts';

/** Most rows that there can be. */
const MOST_ROWS = 1_000_000_000_000;

export const jobBody = generateBody.omit({ async: true }).extend({
  template_id: z
    .string('template_id must be a text')
    .max(100)
    .meta({ description: 'The template; `@v3` behind it names a version.', example: 'tmpl_8d3kq0vx2m5ra7cz4n1w' }),
  sink: z
    .enum(JOB_SINKS, `sink must be one of ${JOB_SINKS.join(', ')}`)
    .default('files')
    .meta({ description: '`files`: parts are kept for a week; `hash`: their bytes are counted, hashed and dropped.' }),
  part_rows: z
    .int('part_rows must be a whole number')
    .min(1, 'part_rows must be at least 1')
    .max(MOST_ROWS, `part_rows must be at most ${MOST_ROWS}`)
    .optional()
    .meta({ description: 'Rows of a part; default: as many as suit.' }),
  part_files: z.boolean('part_files must be true or false').default(false).meta({
    description: 'Whether each part is a file of its own: a folder of Parquet files, say, made by many workers.',
  }),
});

export const jobSchema = runSchema
  .extend({
    sink: z.enum(JOB_SINKS),
    part_files: z.boolean().meta({ description: 'Whether each part is a file of its own.' }),
    engine_version: z.string(),
    parts: z.object({
      total: z.int().min(0),
      done: z.int().min(0),
      running: z.int().min(0).meta({ description: 'That workers are making.' }),
    }),
    rows_per_second: z.number().min(0).nullable().meta({ description: 'Of the last minute, or in all.' }),
    seconds_left: z.number().min(0).nullable().meta({ description: 'About; null: nobody can tell, or it has ended.' }),
    manifest_url: z.string().nullable().meta({ description: 'Null until it is done.' }),
    content_url: z
      .string()
      .nullable()
      .meta({ description: 'All parts, one after the other. Null also where each is a file.' }),
  })
  .meta({ id: 'Job' });

export const manifestSchema = z
  .object({
    kind: z.literal('datamaker/generation-job'),
    version: z.literal(1),
    job_id: z.string(),
    template: z.object({ id: z.string(), version: z.int(), name: z.string() }),
    engine_version: z.string(),
    seed: z.string(),
    now: z.iso.datetime().meta({ description: 'What `"now"` meant.' }),
    locale: z.string(),
    format: z.string(),
    request: z.record(z.string(), z.unknown()).meta({ description: 'What was asked for.' }),
    sink: z.enum(JOB_SINKS),
    part_files: z.boolean().meta({ description: 'Whether each part is a file of its own.' }),
    rows: z.int().min(0),
    bytes: z.int().min(0),
    parts: z.array(
      z.object({
        number: z.int().min(1),
        name: z.string(),
        from: z.int().min(0).meta({ description: 'Its first row.' }),
        to: z.int().min(0).meta({ description: 'The row after its last.' }),
        bytes: z.int().min(0),
        sha256: z.string(),
      }),
    ),
  })
  .meta({
    id: 'Manifest',
    description: 'What a job made: its parts in order are the bytes of one process, or each is a file.',
  });

const partNumber = z.int().min(1);
export const verifyBody = z.strictObject({
  first: partNumber.optional().meta({ description: 'The first part that is read; default: the first of all.' }),
  last: partNumber.optional().meta({ description: 'The last one.' }),
});

export const checkSchema = z
  .object({
    ok: z.boolean(),
    parts: z.int().min(0).meta({ description: 'How many were read.' }),
    bytes: z.int().min(0),
    damaged: z.array(z.object({ part: z.int(), code: z.enum(['part_missing', 'part_damaged']), message: z.string() })),
  })
  .meta({ id: 'JobCheck' });

export const presentCheck = ({ parts, bytes, damaged }: JobCheck): z.input<typeof checkSchema> => ({
  ok: damaged.length === 0,
  parts,
  bytes,
  damaged: damaged.map((one) => ({ ...one })),
});

export function presentJob({ run, job }: FoundJob, progress: JobProgress): z.input<typeof jobSchema> {
  const { done, held, rowsUnderWay, rowsPerSecond } = progress;
  const isDone = run.state === 'done';
  const rows = run.rows + rowsUnderWay;
  const isOpen = run.state === 'queued' || run.state === 'running';
  const left = isOpen && rowsPerSecond !== null && rowsPerSecond > 0 ? (run.total - rows) / rowsPerSecond : null;
  const shown = presentRun(run);
  return {
    ...shown,
    progress: { ...shown.progress, rows },
    sink: job.sink,
    part_files: job.partFiles,
    engine_version: job.engineVersion,
    parts: { total: job.parts, done, running: isOpen ? held : 0 },
    rows_per_second: rowsPerSecond === null ? null : Math.round(rowsPerSecond),
    seconds_left: left === null ? null : Math.ceil(left),
    manifest_url: isDone ? `/jobs/${run.id}/manifest` : null,
    content_url: isDone && job.sink === 'files' && !job.partFiles ? `/jobs/${run.id}/content` : null,
  };
}

export function presentManifest({ run, job }: FoundJob, parts: readonly StoredPart[]): z.input<typeof manifestSchema> {
  const { template, request, seed, now } = job.recipe;
  return {
    kind: 'datamaker/generation-job',
    version: 1,
    job_id: run.id,
    template: { id: template.id, version: template.version, name: template.name },
    engine_version: job.engineVersion,
    seed,
    now: new Date(now).toISOString(),
    locale: job.about.locale,
    format: job.about.format,
    request,
    sink: job.sink,
    part_files: job.partFiles,
    rows: run.total,
    bytes: run.bytes,
    parts: parts.map((part) => ({
      number: part.number,
      name: partName(job, part.number),
      from: part.from,
      to: part.to,
      bytes: part.bytes,
      sha256: part.sha256.toString('hex'),
    })),
  };
}
