import { add, mul, sub } from '../../../plan/program.ts';
import { addTwoStage } from '../../checks/check-digits.ts';
import { birthOf, maleOf } from '../birth.ts';
import type { IdNumber } from '../id-number.ts';

/** Estonia: sex and century, day of birth, serial number, check digit by eleven in two stages. */
export const ee: IdNumber = {
  country: 'EE',
  name: 'Isikukood',
  source: 'EVS 585:2007',
  example: '36805280109',
  build: (id, context) => {
    const { yy, mm, dd, after1999 } = birthOf(id, context);
    // 3 and 4 for men and women of the twentieth century, 5 and 6 since 2000.
    id.number(sub(add(mul(after1999, 2), 4), maleOf(id, context)), 1);
    id.number(yy, 2).number(mm, 2).number(dd, 2).digits(3);
    addTwoStage(id, [1, 2, 3, 4, 5, 6, 7, 8, 9, 1], [3, 4, 5, 6, 7, 8, 9, 1, 2, 3]);
  },
};
