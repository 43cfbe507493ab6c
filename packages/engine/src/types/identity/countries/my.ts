import { add, mul } from '../../../plan/program.ts';
import { birthOf, maleOf } from '../birth.ts';
import type { IdNumber } from '../id-number.ts';

/** Malaysia: day of birth, state, serial number that is odd for men; there is no check digit. */
export const my: IdNumber = {
  country: 'MY',
  name: 'MyKad / National Registration Identity Card number (NRIC)',
  source: 'Jabatan Pendaftaran Negara',
  example: '770305-02-1234',
  build: (id, context) => {
    const { yy, mm, dd } = birthOf(id, context);
    id.number(yy, 2).number(mm, 2).number(dd, 2).separator('-').between(1, 16, 2).separator('-');
    id.digits(3).number(add(mul(context.choose(5), 2), maleOf(id, context)), 1);
  },
};
