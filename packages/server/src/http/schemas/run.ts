import { z } from 'zod';
import { RUN_KINDS, RUN_STATES } from '../../run-states.ts';
import type { StoredRun } from '../../store/runs.ts';

const when = z.iso.datetime().nullable();

/** Work that goes on after its request was answered. */
export const runSchema = z
  .object({
    id: z.string().meta({ example: 'run_8d3kq0vx2m5ra7cz4n1w' }),
    kind: z.enum(RUN_KINDS),
    state: z.enum(RUN_STATES),
    params: z.record(z.string(), z.unknown()).meta({ description: 'What was asked for.' }),
    progress: z.object({
      rows: z.int().min(0),
      bytes: z.int().min(0),
      total: z.int().min(0).meta({ description: 'Rows that were asked for.' }),
    }),
    attempt: z.int().min(0).meta({ description: 'How often it was begun.' }),
    output: z
      .object({
        name: z.string(),
        content_type: z.string(),
        size: z.int().min(0).meta({ description: 'Bytes.' }),
        sha256: z.string(),
        url: z.string().nullable().meta({ description: 'Where it is; null: it is no longer kept.' }),
        expires_at: when,
        fetched: z
          .array(z.object({ connection_id: z.string(), field: z.string(), rows: z.int().min(0), sha256: z.string() }))
          .optional()
          .meta({ description: 'What systems answered that fields pick from; `sha256` is of its lines of JSON.' }),
      })
      .nullable(),
    error: z.object({ code: z.string(), message: z.string() }).nullable(),
    result: z
      .record(z.string(), z.unknown())
      .nullable()
      .meta({ description: 'How far it came: of seeds rows by table, of undos and pushes what became of the rows.' }),
    created_at: z.iso.datetime(),
    started_at: when,
    ended_at: when,
    created_by: z.string(),
    request_id: z.string(),
    logs_url: z.string().nullable().meta({ description: 'Where its log is; null: only scenarios write one.' }),
  })
  .meta({ id: 'Run' });

export const submittedSchema = z
  .object({ run_id: z.string().meta({ example: 'run_8d3kq0vx2m5ra7cz4n1w' }), state: z.literal('queued') })
  .meta({ id: 'SubmittedRun' });

/** Whether to answer when it has ended. */
export const waitQuery = z.strictObject({
  wait: z
    .enum(['true', 'false'], 'wait must be true or false')
    .default('false')
    .meta({ description: '`true`: answers when the run has ended, or after five minutes.' }),
});

const at = (time: Date | null): string | null => time?.toISOString() ?? null;

export const presentRun = (run: StoredRun): z.input<typeof runSchema> => ({
  id: run.id,
  kind: run.kind,
  state: run.state,
  params: run.params,
  progress: { rows: run.rows, bytes: run.bytes, total: run.total },
  attempt: run.attempt,
  output: run.output && {
    name: run.output.name,
    content_type: run.output.contentType,
    size: run.bytes,
    sha256: run.output.sha256,
    url: run.blobId === null ? null : `/runs/${run.id}/output`,
    expires_at: at(run.expiresAt),
    ...(run.output.fetched === undefined ? {} : { fetched: [...run.output.fetched] }),
  },
  error: run.error,
  result: run.result,
  created_at: run.createdAt.toISOString(),
  started_at: at(run.startedAt),
  ended_at: at(run.endedAt),
  created_by: run.createdBy,
  request_id: run.requestId,
  logs_url: run.kind === 'scenario' ? `/scenarios/${run.subjectId}/runs/${run.id}/logs` : null,
});
