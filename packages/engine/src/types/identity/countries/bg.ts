import { add, mul, sub } from '../../../plan/program.ts';
import { addChecked } from '../../checks/check-digits.ts';
import { birthOf, maleOf } from '../birth.ts';
import type { IdNumber } from '../id-number.ts';

/** Bulgaria: day of birth, counter that is even for men, weighted remainder by eleven. */
export const bg: IdNumber = {
  country: 'BG',
  name: 'Единен граждански номер (ЕГН)',
  source: 'ГД ГРАО, Civil Registration Act art. 11',
  example: '7523169263',
  build: (id, context) => {
    const { yy, mm, dd, after1999 } = birthOf(id, context);
    // Months count on from 41 for those born since 2000.
    id.number(yy, 2)
      .number(add(mm, mul(after1999, 40)), 2)
      .number(dd, 2);
    // The last digit of the counter is even for men.
    id.digits(2).number(sub(add(mul(context.choose(5), 2), 1), maleOf(id, context)), 1);
    addChecked(id, [2, 4, 8, 5, 10, 9, 7, 3, 6], '01234567890');
  },
};
