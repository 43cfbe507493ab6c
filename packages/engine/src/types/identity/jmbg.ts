import { add, constant, mul, sub } from '../../plan/program.ts';
import { addChecked, steerFor } from '../checks/check-digits.ts';
import type { Identifier } from '../checks/identifier.ts';
import type { BuildContext } from '../field-type.ts';
import { birthOf, maleOf } from './birth.ts';

const WEIGHTS = [7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2];
/** Eleven less the remainder; numbers with remainder 1 are not given. */
const CHECK = '0-987654321';

/**
 * The number of citizens of the countries that were Yugoslavia: day of birth with three digits of the year, region,
 * serial number from 500 for women, check digit by eleven (Yugoslav Official Gazette 58/1976).
 * @param regions two digits each
 */
export function addJmbg(id: Identifier, context: BuildContext, regions: readonly string[]): void {
  const { yy, mm, dd, after1999 } = birthOf(id, context);
  const female = sub(constant(1), maleOf(id, context));
  id.number(dd, 2).number(mm, 2).char(after1999, ['9', '0']).number(yy, 2).oneOf(regions);
  id.number(add(context.choose(5), mul(female, 5)), 1).digits(1);
  steerFor(id, WEIGHTS, CHECK);
  addChecked(id, WEIGHTS, CHECK);
}
