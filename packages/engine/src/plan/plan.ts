import type { ExternalValues } from './external-values.ts';
import type { NegativePlan } from './negative-plan.ts';
import type { ProgramField } from './program.ts';

/** How a plan depends on the moment that `"now"` meant. */
export interface NowDependence {
  /** That moment, in milliseconds since the epoch. */
  readonly at: number;
  /** `day`: any moment of the same day in UTC gives the same plan; `moment`: any other gives another. */
  readonly by: 'day' | 'moment';
}

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
  /** The most bytes that a row can take, as JSON; other formats stay within a small factor of it. */
  readonly largestRow: number;
  /** Top-level fields that hold personal data. */
  readonly sensitive: readonly string[];
  /** Undefined in a plan that is the same whenever it is compiled. `holdsAt` tells whether it still holds. */
  readonly dependsOnNow?: NowDependence;
  /** What makes rows wrong on purpose; undefined in a plan of right rows. */
  readonly negative?: NegativePlan;
  /** Values of fields that are made outside of the engine, for some of the rows: only these can be made. See `settled`. */
  readonly given?: ExternalValues;
}
