import { addLuhn } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

/** Canada: eight digits, Luhn's check digit, RC for corporation tax, 0001. */
export const caCompany: IdNumber = {
  country: 'CA',
  name: 'Business Number (BN)',
  source: 'Canada Revenue Agency; Luhn',
  example: '123026635 RC 0001',
  build: (id) => {
    id.oneOf([...'178']).digits(7);
    addLuhn(id).separator(' ').literal('RC').separator(' ').literal('0001');
  },
};
