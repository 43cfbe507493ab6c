import { add, mod, mul } from '../../../plan/program.ts';
import { complement } from '../../checks/check-digits.ts';
import { weights } from '../../checks/weights.ts';
import { birthOf, maleOf } from '../birth.ts';
import type { IdNumber } from '../id-number.ts';

const WEIGHTS = [4, 3, 2, 7, 6, 5, 4, 3, 2, 1];

/** Whether the check digit after two more digits exists and is odd for men, even for women. */
function isGood(state: number, _: number, [a, b]: string): boolean {
  const sum = Math.floor(state / 2) + 3 * Number(a) + 2 * Number(b);
  const check = (11 - (sum % 11)) % 11;
  return check !== 10 && check % 2 === state % 2;
}

/** Denmark: day of birth, three digits, check digit by eleven that is odd for men. */
export const dk: IdNumber = {
  country: 'DK',
  name: 'CPR-nummer',
  source: 'CPR-kontoret, Personnummeret i CPR',
  example: '211062-5629',
  note: 'Always with the check digit by eleven, which has not been required since 2007.',
  build: (id, context) => {
    const { yy, mm, dd, after1999 } = birthOf(id, context);
    const male = maleOf(id, context);
    id.number(dd, 2).number(mm, 2).number(yy, 2).separator('-');
    // 0 to 3 for the twentieth century; 4 to 7 for those born since 2000.
    id.number(add(context.choose(4), mul(after1999, 4)), 1);
    const state = add(mul(mod(id.sum(weights(WEIGHTS)), 11), 2), male);
    id.number(id.among(2, 22, state, isGood), 2);
    id.number(complement(id.sum(weights(WEIGHTS)), 11), 1);
  },
};
