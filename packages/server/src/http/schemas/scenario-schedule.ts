import { z } from 'zod';
import { nextTimes } from '../../services/scenarios/schedule-times.ts';
import type { StoredSchedule } from '../../store/scenario-schedules.ts';
import { scenarioParams } from './scenario-run.ts';

const SHOWN = 5;
const when = z.iso.datetime().nullable();
const cron = z
  .string('cron must be a text')
  .max(200, 'cron has at most 200 characters')
  .meta({ description: 'Minute, hour, day, month, weekday; or `@daily` and the like.', example: '0 6 * * 1-5' });
const timeZone = z
  .string('time_zone must be a text')
  .max(100, 'time_zone has at most 100 characters')
  .meta({ description: 'Of the IANA database; default UTC.', example: 'Europe/Berlin' });
const paused = z.boolean('paused must be true or false').meta({ description: 'Whether nothing is run for now.' });

export const scheduleBody = z.strictObject({
  cron,
  time_zone: timeZone.default('UTC'),
  params: scenarioParams.default({}),
  paused: paused.default(false),
});
export const scheduleChangeBody = z.strictObject({
  cron: cron.optional(),
  time_zone: timeZone.optional(),
  params: scenarioParams.optional(),
  paused: paused.optional(),
});

/** When a scenario runs by itself. */
export const scheduleSchema = z
  .object({
    id: z.string().meta({ example: 'sch_8d3kq0vx2m5ra7cz4n1w' }),
    scenario_id: z.string(),
    cron: z.string(),
    time_zone: z.string(),
    params: z.record(z.string(), z.unknown()),
    paused: z.boolean(),
    next_at: when,
    next_times: z.array(z.iso.datetime()).meta({ description: 'The next five.' }),
    last_at: when,
    last_run_id: z.string().nullable(),
    created_at: z.iso.datetime(),
    created_by: z.string(),
  })
  .meta({ id: 'ScenarioSchedule' });

export const presentSchedule = (one: StoredSchedule): z.input<typeof scheduleSchema> => ({
  id: one.id,
  scenario_id: one.scenario_id,
  cron: one.cron,
  time_zone: one.time_zone,
  params: { ...one.params },
  paused: one.paused,
  next_at: one.next_at?.toISOString() ?? null,
  next_times: one.paused ? [] : nextTimes(one.cron, one.time_zone, new Date(), SHOWN).map((at) => at.toISOString()),
  last_at: one.last_at?.toISOString() ?? null,
  last_run_id: one.last_run_id,
  created_at: one.created_at.toISOString(),
  created_by: one.created_by,
});
