import { add, mul } from '../../../plan/program.ts';
import { addChecked } from '../../checks/check-digits.ts';
import { birthOf, maleOf } from '../birth.ts';
import type { IdNumber } from '../id-number.ts';

/** Poland: day of birth, serial number that is odd for men, check digit by ten. */
export const pl: IdNumber = {
  country: 'PL',
  name: 'PESEL',
  source: 'Ministerstwo Cyfryzacji, ustawa o ewidencji ludności art. 15',
  example: '44051401359',
  build: (id, context) => {
    const { yy, mm, dd, after1999 } = birthOf(id, context);
    // Months count on from 21 for those born since 2000.
    id.number(yy, 2)
      .number(add(mm, mul(after1999, 20)), 2)
      .number(dd, 2);
    id.digits(3).number(add(mul(context.choose(5), 2), maleOf(id, context)), 1);
    addChecked(id, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3], '0987654321');
  },
};
