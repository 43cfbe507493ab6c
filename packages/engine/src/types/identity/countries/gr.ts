import { add, mul } from '../../../plan/program.ts';
import { addLuhn } from '../../checks/check-digits.ts';
import { birthOf, maleOf } from '../birth.ts';
import type { IdNumber } from '../id-number.ts';

/** Greece: day of birth, serial number that is odd for men, Luhn's check digit. */
export const gr: IdNumber = {
  country: 'GR',
  name: 'ΑΜΚΑ (Αριθμός Μητρώου Κοινωνικής Ασφάλισης)',
  source: 'ΗΔΙΚΑ, law 3655/2008 art. 153',
  example: '01013099997',
  build: (id, context) => {
    const { yy, mm, dd } = birthOf(id, context);
    id.number(dd, 2).number(mm, 2).number(yy, 2);
    id.digits(3).number(add(mul(context.choose(5), 2), maleOf(id, context)), 1);
    addLuhn(id);
  },
};
