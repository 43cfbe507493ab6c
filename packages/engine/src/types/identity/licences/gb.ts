import { add, constant, div, mod, mul, sub } from '../../../plan/program.ts';
import { birthOf, maleOf } from '../birth.ts';
import type { IdNumber } from '../id-number.ts';

const CONSONANTS = [...'BCDFGHJKLMNPRSTVWXYZ'];

/** United Kingdom: name, birth and sex, initials, and characters whose rule is not public. */
export const gbLicence: IdNumber = {
  country: 'GB',
  name: 'Driver number',
  source: 'Driver and Vehicle Licensing Agency',
  example: 'MORGA753116SM9IJ',
  note: 'Great Britain. The letters of the names are drawn by themselves: they do not agree with the names of the row.',
  build: (id, context) => {
    const { yy, mm, dd } = birthOf(id, context);
    const female = sub(constant(1), maleOf(id, context));
    id.letters(1).letters(4, CONSONANTS);
    // The decade, the month with fifty more for women, the day, the year.
    id.number(div(yy, 10), 1)
      .number(add(mm, mul(female, 50)), 2)
      .number(dd, 2)
      .number(mod(yy, 10), 1);
    id.letters(2).fixed('9').letters(2);
  },
};
