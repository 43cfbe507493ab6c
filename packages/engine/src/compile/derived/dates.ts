import { add, constant, div, type Int, mod, mul, sub } from '../../plan/program.ts';
import type { Bindings } from './bindings.ts';
import { and, isLess, or, same, select } from './bits.ts';
import { type Known, type KnownDate, type KnownNumber, type KnownText, NULL, notCertain } from './known.ts';
import { faithful } from './numbers.ts';
import { dateText, textOf } from './texts.ts';

/** 0000-01-01 and 9999-12-31. */
const FIRST_DAY = -719_528n;
const LAST_DAY = 2_932_896n;
/** More days than the calendar holds. */
const MOST_DAYS = 4_000_000n;
const ERA = 146_097;

/** Arithmetic with dates that are not null. */
export class Dates {
  readonly #bindings: Bindings;

  constructor(bindings: Bindings) {
    this.#bindings = bindings;
  }

  #number(int: Int, lo: bigint, hi: bigint): KnownNumber {
    return faithful({ int: this.#bindings.bind(int), decimals: 0, lo, hi });
  }

  addDays({ days, lo, hi, hasTime, write }: KnownDate, count: KnownNumber): Known {
    if (count.lo < -MOST_DAYS || count.hi > MOST_DAYS) notCertain('more days than the calendar holds');
    const sum = this.#bindings.bind(add(days, count.int));
    const [first, last] = [lo + count.lo, hi + count.hi];
    if (last < FIRST_DAY || first > LAST_DAY) return NULL;
    const early = first < FIRST_DAY ? isLess(sum, constant(FIRST_DAY)) : constant(0);
    const late = last > LAST_DAY ? isLess(constant(LAST_DAY), sum) : constant(0);
    const outside = this.#bindings.bind(or(early, late));
    // Where it is null, the day is one that there is.
    const day = this.#bindings.bind(select(outside, constant(0), sum));
    const bounds = [first < FIRST_DAY ? FIRST_DAY : first, last > LAST_DAY ? LAST_DAY : last] as const;
    if (!hasTime) return dateText(day, ...bounds, outside);
    const [lowest, highest] = [bounds[0] > 0n ? 0n : bounds[0], bounds[1] < 0n ? 0n : bounds[1]];
    return {
      ...textOf(write(day), 40, outside),
      date: { days: day, lo: lowest, hi: highest, hasTime, write },
    } satisfies KnownText;
  }

  daysBetween(from: KnownDate, to: KnownDate): KnownNumber {
    return this.#number(sub(to.days, from.days), to.lo - from.hi, to.hi - from.lo);
  }

  /** Year, month and day: counted in years that begin with March (H. Hinnant, "chrono-compatible low-level date algorithms"). */
  #civil(date: KnownDate): { year: Int; month: Int; day: Int } {
    const bind = (int: Int): Int => this.#bindings.bind(int);
    // One era more, so that no day is before the first.
    const shifted = bind(add(date.days, constant(719_468 + ERA)));
    const era = bind(div(shifted, ERA));
    const dayOfEra = bind(mod(shifted, ERA));
    const leap = add(sub(sub(dayOfEra, div(dayOfEra, 1460)), div(dayOfEra, 146_096)), div(dayOfEra, 36_524));
    const yearOfEra = bind(div(leap, 365));
    const daysBefore = sub(add(mul(yearOfEra, 365), div(yearOfEra, 4)), div(yearOfEra, 100));
    const dayOfYear = bind(sub(dayOfEra, daysBefore));
    const monthFromMarch = bind(div(add(mul(dayOfYear, 5), 2), 153));
    const day = bind(add(sub(dayOfYear, div(add(mul(monthFromMarch, 153), 2), 5)), 1));
    const early = isLess(monthFromMarch, constant(10));
    const month = bind(select(early, add(monthFromMarch, 3), sub(monthFromMarch, 9)));
    const year = add(add(yearOfEra, mul(sub(era, 1), 400)), isLess(month, constant(3)));
    return { year: bind(year), month, day };
  }

  year(date: KnownDate): KnownNumber {
    return this.#number(this.#civil(date).year, 0n, 9999n);
  }

  month(date: KnownDate): KnownNumber {
    return this.#number(this.#civil(date).month, 1n, 12n);
  }

  day(date: KnownDate): KnownNumber {
    return this.#number(this.#civil(date).day, 1n, 31n);
  }

  age(born: KnownDate, at: KnownDate): KnownNumber {
    const [a, b] = [this.#civil(born), this.#civil(at)];
    const sameMonth = and(same(b.month, a.month), isLess(b.day, a.day));
    const before = this.#bindings.bind(or(isLess(b.month, a.month), sameMonth));
    return this.#number(sub(sub(b.year, a.year), before), -10_000n, 9999n);
  }

  isBefore(a: KnownDate, b: KnownDate): Int {
    return isLess(this.#plain(a), this.#plain(b));
  }

  isSame(a: KnownDate, b: KnownDate): Int {
    return same(this.#plain(a), this.#plain(b));
  }

  /** Dates without times are in the order of their texts. */
  #plain(date: KnownDate): Int {
    return date.hasTime ? notCertain('times of day are compared as texts') : date.days;
  }
}
