import { DISTINCT_ERROR, DistinctCounter } from './distinct-counter.ts';
import type { ValueTest } from './expected/value-test.ts';
import { FrequentItems } from './frequent-items.ts';
import { Histogram } from './histogram.ts';
import { Moments } from './moments.ts';
import type { CommonProfile, FieldProfile, Kind } from './profile.ts';
import { QuantileSketch } from './quantile-sketch.ts';
import { beginningOf, jsonCutAt, lengthOf, shapeOf } from './text-figures.ts';

const QUANTILES = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];
const BINS = 32;
const TOP = 20;
/** Counters of common values and of shapes. */
const CAPACITY = 1000;
/** Longer values are counted by their beginning. */
const LONGEST = 200;

const DATE = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?$/;

/** Numbers with all that is said of them. */
export class Distribution {
  readonly moments = new Moments();
  readonly sketch = new QuantileSketch();
  readonly histogram = new Histogram();

  add(value: number): void {
    this.moments.add(value);
    this.sketch.add(value);
    this.histogram.add(value);
  }
}

/** All that is remembered of one field, in memory that does not grow with the rows. */
export class FieldStats {
  readonly path: string;
  count = 0;
  nulls = 0;
  readonly kinds: Record<Kind, number> = { text: 0, number: 0, boolean: 0, object: 0, list: 0 };
  trues = 0;
  readonly numbers = new Distribution();
  /** Of texts that are ISO dates, in milliseconds since the epoch. */
  readonly dates = new Distribution();
  readonly lengths = new Distribution();
  readonly distinct: DistinctCounter;
  readonly common = new FrequentItems(CAPACITY);
  readonly #shapes = new FrequentItems(CAPACITY);
  /** How many values failed each test, and the beginning of the first that did, as JSON. */
  readonly tried: { readonly test: ValueTest; failed: number; first: string }[];

  /**
   * @param exactly up to how many different values are counted one by one
   * @param tests what is tried on each value
   */
  constructor(path: string, exactly: number, tests: readonly ValueTest[]) {
    this.path = path;
    this.distinct = new DistinctCounter(exactly);
    this.tried = tests.map((test) => ({ test, failed: 0, first: '' }));
  }

  /**
   * Takes a value that is not undefined; of objects and lists only that they are there, and how long.
   * @param siblings the object that it stands in
   */
  add(value: unknown, siblings: Readonly<Record<string, unknown>>): void {
    this.count++;
    if (value === null) {
      this.nulls++;
      return;
    }
    for (const one of this.tried) {
      if (one.test.passes(value, siblings)) continue;
      if (one.failed++ === 0) one.first = beginningOf(value);
    }
    if (Array.isArray(value)) {
      this.kinds.list++;
      this.lengths.add(value.length);
      return;
    }
    if (typeof value === 'object') {
      this.kinds.object++;
      return;
    }
    if (typeof value === 'string' && value.length > LONGEST) {
      // As JSON it would be copied as a whole, and a slice of that keeps all of it in memory.
      this.distinct.add(value);
      this.common.add(jsonCutAt(LONGEST, value));
    } else {
      const json = typeof value === 'bigint' ? String(value) : JSON.stringify(value);
      this.distinct.add(json);
      this.common.add(json.length > LONGEST ? `${json.slice(0, LONGEST)}…` : json);
    }
    if (typeof value === 'string') this.#text(value);
    else if (typeof value === 'boolean') {
      this.kinds.boolean++;
      if (value) this.trues++;
    } else {
      this.kinds.number++;
      if (Number.isFinite(Number(value))) this.numbers.add(Number(value));
    }
  }

  #text(value: string): void {
    this.kinds.text++;
    this.lengths.add(lengthOf(value));
    this.#shapes.add(shapeOf(value));
    const time = DATE.test(value) ? Date.parse(value.replace(' ', 'T')) : Number.NaN;
    if (!Number.isNaN(time)) this.dates.add(time);
  }

  /** Values, texts and hashes that are held. */
  get held(): number {
    const distributions = [this.numbers, this.dates, this.lengths];
    const inThem = distributions.reduce((sum, { sketch, histogram }) => sum + sketch.held + histogram.held, 0);
    return inThem + this.distinct.held + this.common.held + this.#shapes.held;
  }

  /** Whether all texts are dates. */
  get isDate(): boolean {
    return this.kinds.text > 0 && this.dates.moments.count === this.kinds.text;
  }

  profile(): Omit<FieldProfile, 'checks'> {
    const { exact, value } = this.distinct;
    return {
      path: this.path,
      count: this.count,
      nulls: this.nulls,
      kinds: Object.fromEntries(Object.entries(this.kinds).filter(([, count]) => count > 0)),
      distinct: { value, exact, ...(exact ? {} : { error: DISTINCT_ERROR }) },
      ...(this.kinds.number > 0 ? { numbers: this.#numberProfile() } : {}),
      ...(this.isDate ? { dates: this.#dateProfile() } : {}),
      ...(this.lengths.moments.count > 0 ? { lengths: pickMoments(this.lengths.moments) } : {}),
      ...this.#histogram(),
      top: this.#commonOf(this.common),
      ...(this.kinds.text > 0 ? { patterns: this.#commonOf(this.#shapes) } : {}),
    };
  }

  #numberProfile(): NonNullable<FieldProfile['numbers']> {
    const { moments, sketch } = this.numbers;
    const quantiles = Object.fromEntries(QUANTILES.map((p) => [nameOf(p), sketch.quantile(p)]));
    return { ...pickMoments(moments), stddev: moments.stddev, quantiles };
  }

  #dateProfile(): NonNullable<FieldProfile['dates']> {
    const { moments, sketch } = this.dates;
    const iso = (time: number): string => new Date(time).toISOString();
    const quantiles = Object.fromEntries(QUANTILES.map((p) => [nameOf(p), iso(sketch.quantile(p))]));
    return { min: iso(moments.min), max: iso(moments.max), mean: iso(moments.mean), quantiles };
  }

  #histogram(): Pick<FieldProfile, 'histogram'> {
    const [of, { histogram, moments }] =
      this.kinds.number > 0
        ? (['numbers', this.numbers] as const)
        : this.isDate
          ? (['dates', this.dates] as const)
          : (['lengths', this.lengths] as const);
    return moments.count === 0 ? {} : { histogram: { of, bins: histogram.bins(BINS) } };
  }

  #commonOf(items: FrequentItems): CommonProfile {
    const all = Math.max(1, this.count - this.nulls);
    const values = items.top(TOP).map((item) => ({ ...item, share: item.count / all }));
    return { values, error: items.error };
  }
}

const nameOf = (p: number): string => `p${String(Math.round(p * 100)).padStart(2, '0')}`;

const pickMoments = ({ min, max, mean }: Moments) => ({ min, max, mean });
