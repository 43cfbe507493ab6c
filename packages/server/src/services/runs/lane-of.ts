import type { RunKind } from '../../run-states.ts';
import type { Lane } from '../../store/queue/run-queue.ts';

const OWN: Readonly<Partial<Record<RunKind, Lane>>> = { scenario: 'scenarios', generation_job: 'jobs' };

/** Among which runs one waits. */
export const laneOf = (kind: RunKind): Lane => OWN[kind] ?? 'runs';
