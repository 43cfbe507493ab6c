import type { Plan } from './plans.ts';

/** What a run of a scenario may take. */
export interface ScenarioLimits {
  readonly seconds: number;
  readonly memoryBytes: number;
  /** How much of its log is kept, and for how long; null: all, as long as the run. */
  readonly log: { readonly lines: number | null; readonly bytes: number; readonly days: number | null };
}

const SECONDS = 3600;
const MEMORY_BYTES = 1024 ** 3;
/** Whatever the plan says: nobody reads more. */
const LOG_BYTES = 1024 ** 3;

export const scenarioLimits = ({ scenarioSeconds, scenarioMemoryBytes, logLines, logDays }: Plan): ScenarioLimits => ({
  seconds: scenarioSeconds ?? SECONDS,
  memoryBytes: scenarioMemoryBytes ?? MEMORY_BYTES,
  log: { lines: logLines ?? null, bytes: LOG_BYTES, days: logDays ?? null },
});
