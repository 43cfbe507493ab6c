import { add, mul } from '../../../plan/program.ts';
import { addLuhn } from '../../checks/check-digits.ts';
import { birthOf, maleOf } from '../birth.ts';
import type { IdNumber } from '../id-number.ts';

/** Sweden: day of birth, serial number that is odd for men, Luhn's check digit. */
export const se: IdNumber = {
  country: 'SE',
  name: 'Personnummer',
  source: 'Skatteverket, folkbokföringslagen § 18; Luhn',
  example: '19900118-9811',
  reserved: 'Serial numbers 980 to 999, which Skatteverket uses for its test numbers.',
  build: (id, context, reserved) => {
    const { yy, mm, dd, after1999 } = birthOf(id, context);
    const male = maleOf(id, context);
    // Luhn's scheme does not count the century.
    id.uncounted(after1999, ['19', '20']).number(yy, 2).number(mm, 2).number(dd, 2).separator('-');
    // Odd for men.
    id.between(reserved ? 98 : 1, reserved ? 99 : 97, 2).number(add(mul(context.choose(5), 2), male), 1);
    addLuhn(id);
  },
};
