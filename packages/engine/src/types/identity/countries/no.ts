import { add, mod, mul } from '../../../plan/program.ts';
import { complement } from '../../checks/check-digits.ts';
import { weights } from '../../checks/weights.ts';
import { birthOf, maleOf } from '../birth.ts';
import type { IdNumber } from '../id-number.ts';

const FIRST = [3, 7, 6, 1, 8, 9, 4, 5, 2];
const SECOND = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2];

/** Whether two more digits, odd for men, lead to two check digits below ten. */
function isGood(state: number, value: number, [a, b]: string): boolean {
  const sums = Math.floor(state / 2);
  const [x, y] = [Number(a), Number(b)];
  const first = (11 - ((Math.floor(sums / 11) + 5 * x + 2 * y) % 11)) % 11;
  const second = (sums + 4 * x + 3 * y + 2 * first) % 11;
  return value % 2 === state % 2 && first !== 10 && second !== 1;
}

/** Norway: day of birth, individual number that is odd for men, two check digits by eleven. */
export const no: IdNumber = {
  country: 'NO',
  name: 'Fødselsnummer',
  source: 'Skatteetaten, folkeregisterforskriften § 2-2-1',
  example: '15108695088',
  reserved:
    'Eighty added to the month, the range of the synthetic persons of Skatteetaten (Tenor); python-stdnum does not take it.',
  build: (id, context, reserved) => {
    const { yy, mm, dd, after1999 } = birthOf(id, context);
    const male = maleOf(id, context);
    // Skatteetaten's synthetic persons have eighty added to the month.
    id.number(dd, 2)
      .number(reserved ? add(mm, 80) : mm, 2)
      .number(yy, 2);
    // 000 to 499 for the twentieth century, 500 to 999 since.
    id.number(add(context.choose(5), mul(after1999, 5)), 1);
    const sums = add(mul(mod(id.sum(weights(FIRST)), 11), 11), mod(id.sum(weights(SECOND)), 11));
    id.number(id.among(2, 242, add(mul(sums, 2), male), isGood), 2);
    id.number(complement(id.sum(weights(FIRST)), 11), 1);
    id.number(complement(id.sum(weights(SECOND)), 11), 1);
  },
};
