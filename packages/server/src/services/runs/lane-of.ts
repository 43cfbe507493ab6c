import type { RunKind } from '../../run-states.ts';
import type { Lane } from '../../store/queue/run-queue.ts';

/** Among which runs one waits. */
export const laneOf = (kind: RunKind): Lane => (kind === 'scenario' ? 'scenarios' : 'runs');
