import { add, div, mod, mul, sub } from '../../../plan/program.ts';
import { addChecked } from '../../checks/check-digits.ts';
import { birthOf, indexOfDay, maleOf } from '../birth.ts';
import type { IdNumber } from '../id-number.ts';

const LAST_DAY_OF_1899 = indexOfDay(1899, 11, 31);

/** Ukraine: day of birth as a running number, serial number that is odd for men, check digit by eleven. */
export const ua: IdNumber = {
  country: 'UA',
  name: 'РНОКПП (Taxpayer registration number)',
  source: 'Державна податкова служба України',
  example: '1759013776',
  build: (id, context) => {
    // Days since the last day of 1899.
    const days = id.bind('days', sub(birthOf(id, context).index, LAST_DAY_OF_1899));
    id.number(div(days, 1000), 2).number(mod(days, 1000), 3);
    id.digits(3).number(add(mul(context.choose(5), 2), maleOf(id, context)), 1);
    addChecked(id, [10, 5, 7, 9, 4, 6, 10, 5, 7], '01234567890');
  },
};
