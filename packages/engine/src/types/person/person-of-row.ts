import { add, constant, type Int, less, sub } from '../../plan/program.ts';
import { once } from '../../text/once.ts';
import type { BuildContext } from '../field-type.ts';

/** Slots of the coherence group `person`; numbers are part of the output's contract. */
const FIRST_NAME = 0;
const BIRTH_DAY = 2;

/** Birth days are drawn from here (1940-01-02) as days since 1970-01-01 … */
export const FIRST_BIRTH_DAY = -10_957;
/** … to 2006-12-31. */
const LAST_BIRTH_DAY = 13_513;

/** Whether the row's person is female, as the first name is: 1 or 0. Drawn alone when the field is unique. */
export function isFemale({ lists, shared }: BuildContext): Int {
  const { firstNames, femaleNames } = lists;
  return less(shared('person', FIRST_NAME, firstNames.length), femaleNames.length);
}

/** 1 for a man, 0 for a woman. */
export const isMale = (context: BuildContext): Int => sub(constant(1), isFemale(context));

/** 1 for a man, 0 for a woman, also when the field is unique: the row's person, who plays no part in uniqueness. */
export function isMaleMember({ lists, member }: BuildContext): Int {
  const { firstNames, femaleNames } = lists;
  return sub(constant(1), less(member('person', FIRST_NAME, firstNames.length), femaleNames.length));
}

/** How many birth days there are. */
export const BIRTH_DAYS = LAST_BIRTH_DAY - FIRST_BIRTH_DAY + 1;

/** The row's person was born so many days after the first possible birth day. */
export const birthDayIndex = ({ shared }: BuildContext): Int => shared('person', BIRTH_DAY, BIRTH_DAYS);

/** The birth day of the row's person, in days since 1970-01-01. */
export const birthDay = (context: BuildContext): Int => add(birthDayIndex(context), FIRST_BIRTH_DAY);

/** The year, month (1-12) and day of the month of a birth day index. */
export function birthDate(index: number): { readonly year: number; readonly month: number; readonly day: number } {
  const date = new Date((FIRST_BIRTH_DAY + index) * 86_400_000);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** A number for each birth day, in order: a table to look the row's `birthDayIndex` up in. */
export const ofBirthDays = (value: (date: ReturnType<typeof birthDate>) => number): readonly number[] =>
  birthDates().map(value);

const birthDates = once(() => Array.from({ length: BIRTH_DAYS }, (_, index) => birthDate(index)));
