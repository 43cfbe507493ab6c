import type { NowDependence } from '../plan/plan.ts';
import type { Moment } from '../types/field-type.ts';

const DAY = 86_400_000;

/** Tells what `"now"` means, and remembers how finely it was asked for. */
export class Clock implements Moment {
  readonly #now: number;
  #by: NowDependence['by'] | undefined;

  /** @param now milliseconds since the epoch */
  constructor(now: number) {
    this.#now = now;
  }

  /** Milliseconds since the epoch. */
  get now(): number {
    this.#by = 'moment';
    return this.#now;
  }

  /** The day in UTC, counted from the epoch. */
  get today(): number {
    this.#by ??= 'day';
    return Math.floor(this.#now / DAY);
  }

  /** How what was made depends on the clock; undefined when it was never asked. */
  get dependence(): NowDependence | undefined {
    return this.#by && { at: this.#now, by: this.#by };
  }
}
