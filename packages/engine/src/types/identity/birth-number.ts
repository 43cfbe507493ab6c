import { add, constant, less, mod, mul, sub } from '../../plan/program.ts';
import type { Identifier } from '../checks/identifier.ts';
import { powersOfTen } from '../checks/weights.ts';
import type { BuildContext } from '../field-type.ts';
import { birthOf, maleOf } from './birth.ts';

/** Numbers of those born until the end of 1953 have no check digit. */
const YEARS_WITHOUT = 14;

/**
 * The birth number of Czechia and Slovakia: day of birth, with fifty added to the month for women, and a serial number.
 * Since 1954 a tenth digit makes the whole a multiple of eleven; serials for which there is none are skipped.
 */
export function addBirthNumber(id: Identifier, context: BuildContext): void {
  const { years, yy, mm, dd } = birthOf(id, context);
  id.number(yy, 2)
    .number(add(mm, mul(sub(constant(1), maleOf(id, context)), 50)), 2)
    .number(dd, 2)
    .separator('/');
  // From 010: the serial 000 of nine digits is not given.
  id.between(1, 99, 2).steer(11, powersOfTen(8, 11), (remainder) => remainder !== 10);
  const early = less(years, YEARS_WITHOUT);
  const check = mod(id.sum(powersOfTen(8, 11)), 11);
  // An index beyond the digits where there is no check digit.
  id.char(add(mul(early, 10), mul(check, sub(constant(1), early))), [...'0123456789', '']);
}
