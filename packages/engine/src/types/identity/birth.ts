import { add, constant, div, get, type Int, less, lookup, mod } from '../../plan/program.ts';
import { once } from '../../text/once.ts';
import type { Identifier } from '../checks/identifier.ts';
import type { BuildContext } from '../field-type.ts';
import { birthDayIndex, FIRST_BIRTH_DAY, isMaleMember, ofBirthDays } from '../person/person-of-row.ts';

/** The first year in which the person of a row may be born; 67 years follow each other, so two digits tell them apart. */
const FIRST_YEAR = 1940;
const YEARS_UNTIL_2000 = 60;
const YEARS = 67;

// One table of each for all types: 24,472 bytes.
const yearOf = once(() => ofBirthDays(({ year }) => year - FIRST_YEAR));
const monthOf = once(() => ofBirthDays(({ month }) => month));
const dayOf = once(() => ofBirthDays(({ day }) => day));
const monthsOf = once(() => ofBirthDays(({ year, month }) => (year - FIRST_YEAR) * 12 + month - 1));

/** The index that a birth day has or would have. @param date as Date.UTC has it: year, month from 0, day */
export const indexOfDay = (...date: [year: number, month: number, day: number]): number =>
  Date.UTC(...date) / 86_400_000 - FIRST_BIRTH_DAY;

/** When the row's person was born, as far as an identifier tells. */
export interface BirthYear {
  /** Years since 1940. */
  readonly years: Int;
  /** The last two digits of the year. */
  readonly yy: Int;
  /** 1 when the year is 2000 or later, else 0. */
  readonly after1999: Int;
}

export interface BirthMonth extends BirthYear {
  /** 1 to 12. */
  readonly mm: Int;
}

export interface Birth extends BirthMonth {
  /** Day of the month. */
  readonly dd: Int;
  /** How many days after the first possible birth day. */
  readonly index: Int;
}

const yearFrom = (id: Identifier, value: Int): BirthYear => {
  const years = id.bind('years', value);
  return { years, yy: mod(add(years, FIRST_YEAR % 100), 100), after1999: less(constant(YEARS_UNTIL_2000 - 1), years) };
};

/** The birth day of the row's person; drawn alone when the field is unique, so the identifier must carry all of it. */
export function birthOf(id: Identifier, context: BuildContext): Birth {
  const index = id.bind('birth', birthDayIndex(context));
  return { ...yearFrom(id, lookup(yearOf(), index)), mm: lookup(monthOf(), index), dd: lookup(dayOf(), index), index };
}

/** The birth month of the row's person, for identifiers that do not carry the day. */
export function birthMonthOf(id: Identifier, context: BuildContext): BirthMonth {
  const value = context.unique ? context.choose(YEARS * 12) : lookup(monthsOf(), birthDayIndex(context));
  const months = id.bind('months', value);
  return { ...yearFrom(id, div(months, 12)), mm: add(mod(months, 12), 1) };
}

/**
 * The birth year of the row's person, for identifiers that carry no more.
 * @param from the first year that the identifier tells apart: when the field is unique, years before do not occur
 */
export function birthYearOf(id: Identifier, context: BuildContext, from = FIRST_YEAR): BirthYear {
  const skipped = from - FIRST_YEAR;
  const value = context.unique
    ? add(context.choose(YEARS - skipped), skipped)
    : lookup(yearOf(), birthDayIndex(context));
  return yearFrom(id, value);
}

/** The sex of the row's person: 1 for a man, 0 for a woman. It must be told by a character of its own, or by a parity. */
export function maleOf(id: Identifier, context: BuildContext): Int {
  id.bind('male', isMaleMember(context));
  return get('male');
}
