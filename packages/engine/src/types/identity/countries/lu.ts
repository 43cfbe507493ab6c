import { add } from '../../../plan/program.ts';
import { addLuhn, verhoeffDigit } from '../../checks/check-digits.ts';
import { birthOf } from '../birth.ts';
import type { IdNumber } from '../id-number.ts';

/** Luxembourg: day of birth, serial number, Luhn's and Verhoeff's check digits. */
export const lu: IdNumber = {
  country: 'LU',
  name: 'Numéro d’identification national (matricule)',
  source: 'Loi du 19 juin 2013; Luhn and Verhoeff',
  example: '2005091274584',
  build: (id, context) => {
    const { yy, mm, dd, after1999 } = birthOf(id, context);
    id.number(add(after1999, 19), 2).number(yy, 2).number(mm, 2).number(dd, 2).digits(3);
    // Both check digits are of the first eleven digits.
    const second = verhoeffDigit(id);
    addLuhn(id).number(second, 1);
  },
};
