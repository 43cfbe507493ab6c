import { addLuhn } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

/** Saudi Arabia: 1 for citizens, eight digits, Luhn's check digit. */
export const sa: IdNumber = {
  country: 'SA',
  name: 'رقم الهوية الوطنية (National ID)',
  source: 'Ministry of Interior, Absher; Luhn',
  example: '1745337558',
  build: (id) => {
    id.fixed('1').digits(8);
    addLuhn(id);
  },
};
