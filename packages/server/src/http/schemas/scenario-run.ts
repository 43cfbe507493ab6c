import { z } from 'zod';
import { RUN_STATES } from '../../run-states.ts';
import type { StoredRun } from '../../store/runs.ts';
import type { ScenarioAttempt } from '../../store/scenario-attempts.ts';

const MAX_PARAMS = 64 * 1024;
const when = z.iso.datetime().nullable();

export const scenarioParams = z
  .record(z.string().max(200, 'a name has at most 200 characters'), z.unknown(), 'params must be an object')
  .refine(
    (params) => JSON.stringify(params).length <= MAX_PARAMS,
    `params have at most ${MAX_PARAMS} characters of JSON`,
  )
  .meta({
    description: 'What the scenario finds in `dm.params`.',
    example: { environment: 'regression', size: '500' },
  });

export const runTimeout = z
  .int('timeout_seconds must be a whole number')
  .min(1, 'timeout_seconds must be at least 1')
  .max(86_400, 'timeout_seconds must be at most 86400')
  .meta({ description: 'How long it may take, if that is less than the scenario and the plan give.' });

/** A word or a boolean, as clients send either. */
export const waitFlag = z
  .union([z.boolean(), z.enum(['true', 'false'])], 'wait must be "true" or "false"')
  .transform((wait) => wait === true || wait === 'true')
  .meta({ description: '`"true"`: answers when the run has ended, or after five minutes.', example: 'false' });

/** A run of a scenario. */
export const scenarioRunSchema = z
  .object({
    run_id: z.string().meta({ example: 'run_8d3kq0vx2m5ra7cz4n1w' }),
    id: z.string().meta({ description: 'The same.' }),
    scenario_id: z.string(),
    scenario_version: z.int().min(1),
    state: z.enum(RUN_STATES),
    params: z.record(z.string(), z.unknown()).meta({ description: 'As they were given, without what is secret.' }),
    origin: z.record(z.string(), z.unknown()).meta({ description: 'The set or the schedule that it comes from.' }),
    seed: z.string().nullable().meta({ description: 'What `dm.rng` and `random` of the script begin with.' }),
    dry_run: z.boolean(),
    replay_of: z.string().nullable().meta({ description: 'The run that it was made again from.' }),
    attempt: z.int().min(0),
    attempts: z.array(
      z.object({
        attempt: z.int().min(1),
        started_at: z.iso.datetime(),
        ended_at: when,
        outcome: z.string().nullable(),
      }),
    ),
    exit_code: z.int().nullable(),
    peak_memory_bytes: z.int().nullable(),
    record: z
      .object({ calls: z.int(), bytes: z.int(), incomplete: z.string().nullable() })
      .nullable()
      .meta({ description: 'What was answered to the script; `incomplete` says why it cannot be replayed.' }),
    replay: z
      .object({ run_id: z.string(), calls: z.int(), not_asked: z.int() })
      .nullable()
      .meta({ description: 'Of a replay: how many calls were answered, and how many of the record were not made.' }),
    plan: z
      .object({
        writes: z.array(
          z.object({
            action: z.string(),
            connection: z.object({ id: z.string(), name: z.string(), type: z.string() }).nullable(),
            target: z.string(),
            rows: z.int().nullable(),
            calls: z.int(),
            first_rows: z.array(z.record(z.string(), z.unknown())),
          }),
        ),
        more: z.int(),
      })
      .nullable()
      .meta({ description: 'Of a dry run that has ended: what it would have written, in order.' }),
    error: z.object({ code: z.string(), message: z.string() }).nullable().meta({
      description: 'Why it did not come to a good end; `message` is the last line of a traceback, if there is one.',
    }),
    created_at: z.iso.datetime(),
    started_at: when,
    ended_at: when,
    duration_ms: z.int().nullable(),
    created_by: z.string(),
    request_id: z.string(),
    logs_url: z.string(),
  })
  .meta({ id: 'ScenarioRun' });

const at = (time: Date | null): string | null => time?.toISOString() ?? null;
const whole = (value: unknown): number | null => (typeof value === 'number' ? value : null);

export function presentScenarioRun(run: StoredRun): z.input<typeof scenarioRunSchema> {
  const { scenario_version, params, seed, dry_run, replay_of, ...origin } = run.params;
  const fact = <T>(name: string): T | null => (run.result?.[name] as T | undefined) ?? null;
  return {
    run_id: run.id,
    id: run.id,
    scenario_id: run.subjectId,
    scenario_version: Number(scenario_version),
    state: run.state,
    params: (params ?? {}) as Record<string, unknown>,
    origin,
    seed: typeof seed === 'string' ? seed : null,
    dry_run: dry_run === true,
    replay_of: typeof replay_of === 'string' ? replay_of : null,
    attempt: run.attempt,
    attempts: [...((run.result?.['attempts'] as readonly ScenarioAttempt[] | undefined) ?? [])],
    exit_code: whole(run.result?.['exit_code']),
    peak_memory_bytes: whole(run.result?.['peak_memory_bytes']),
    record: fact('record'),
    replay: fact('replay'),
    plan: fact('plan'),
    error: run.error,
    created_at: run.createdAt.toISOString(),
    started_at: at(run.startedAt),
    ended_at: at(run.endedAt),
    duration_ms: run.startedAt && run.endedAt ? run.endedAt.getTime() - run.startedAt.getTime() : null,
    created_by: run.createdBy,
    request_id: run.requestId,
    logs_url: `/scenarios/${run.subjectId}/runs/${run.id}/logs`,
  };
}
