import { add } from '../../../plan/program.ts';
import { addLuhn } from '../../checks/check-digits.ts';
import { birthYearOf } from '../birth.ts';
import type { IdNumber } from '../id-number.ts';

/** United Arab Emirates: the country's number 784, year of birth, seven digits, Luhn's check digit. */
export const ae: IdNumber = {
  country: 'AE',
  name: 'Emirates ID',
  source:
    'Federal Authority for Identity, Citizenship, Customs and Port Security: 784, year of birth, serial, check digit',
  example: '784-2005-7453375-6',
  build: (id, context) => {
    const { yy, after1999 } = birthYearOf(id, context);
    id.fixed('784').separator('-');
    id.number(add(after1999, 19), 2).number(yy, 2).separator('-');
    id.digits(7).separator('-');
    addLuhn(id);
  },
};
