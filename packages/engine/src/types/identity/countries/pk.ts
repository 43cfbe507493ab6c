import { add, mul, sub } from '../../../plan/program.ts';
import { maleOf } from '../birth.ts';
import type { IdNumber } from '../id-number.ts';

/** Pakistan: place of registration, serial number, last digit odd for men; there is no check digit. */
export const pk: IdNumber = {
  country: 'PK',
  name: 'Computerised National Identity Card number (CNIC)',
  source: 'National Database and Registration Authority (NADRA)',
  example: '34201-0891231-8',
  build: (id, context) => {
    id.between(1, 7, 1).digits(4).separator('-').digits(7).separator('-');
    id.number(sub(add(mul(context.choose(4), 2), 2), maleOf(id, context)), 1);
  },
};
