import { add, mul } from '../../../plan/program.ts';
import { addLuhn } from '../../checks/check-digits.ts';
import { birthOf, maleOf } from '../birth.ts';
import type { IdNumber } from '../id-number.ts';

/** South Africa: day of birth, serial number, citizenship, Luhn's check digit. */
export const za: IdNumber = {
  country: 'ZA',
  name: 'South African identity number',
  source: 'Department of Home Affairs, Identification Act 68 of 1997; Luhn',
  example: '7503305044089',
  build: (id, context) => {
    const { yy, mm, dd } = birthOf(id, context);
    id.number(yy, 2).number(mm, 2).number(dd, 2);
    // From 5000 for men; then 0 for citizens, and 8, which has had no meaning since 1986.
    id.number(add(context.choose(5), mul(maleOf(id, context), 5)), 1)
      .digits(3)
      .fixed('08');
    addLuhn(id);
  },
};
