import type { NegativePlan } from './negative-plan.ts';
import type { ProgramField } from './program.ts';

/**
 * A template made ready to run: data only, frozen, safe to send to a worker thread. Everything random in it is settled by
 * `seed`; everything that depends on the day it was made (`"now"`) is settled too.
 */
export interface Plan {
  readonly name: string;
  /** The seed given, or the one drawn. */
  readonly seed: string;
  readonly fields: readonly ProgramField[];
  /** Most rows that the unique fields allow. */
  readonly capacity: number;
  /** Top-level fields that hold personal data. */
  readonly sensitive: readonly string[];
  /** What makes rows wrong on purpose; undefined in a plan of right rows. */
  readonly negative?: NegativePlan;
}
