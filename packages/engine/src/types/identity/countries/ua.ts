import { add, div, mod, mul } from '../../../plan/program.ts';
import { addChecked } from '../../checks/check-digits.ts';
import { birthOf, maleOf } from '../birth.ts';
import type { IdNumber } from '../id-number.ts';

/** 1940-01-01. */
const FIRST_DAY = (Date.UTC(1940, 0, 1) - Date.UTC(1899, 11, 31)) / 86_400_000;

/** Ukraine: day of birth as a running number, serial number that is odd for men, check digit by eleven. */
export const ua: IdNumber = {
  country: 'UA',
  name: 'РНОКПП (Taxpayer registration number)',
  source: 'Державна податкова служба України',
  example: '1759013776',
  build: (id, context) => {
    // Days since the last day of 1899.
    const days = id.bind('days', add(birthOf(id, context).index, FIRST_DAY));
    id.number(div(days, 1000), 2).number(mod(days, 1000), 3);
    id.digits(3).number(add(mul(context.choose(5), 2), maleOf(id, context)), 1);
    addChecked(id, [10, 5, 7, 9, 4, 6, 10, 5, 7], '01234567890');
  },
};
