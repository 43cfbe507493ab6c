/** What runs are of. */
export const RUN_KINDS = ['generation', 'scenario', 'push', 'seed', 'undo', 'generation_job'] as const;
export type RunKind = (typeof RUN_KINDS)[number];

/** What becomes of runs; the first two are those that have not ended. */
export const RUN_STATES = ['queued', 'running', 'done', 'failed', 'cancelled', 'timeout', 'lost'] as const;
export type RunState = (typeof RUN_STATES)[number];
