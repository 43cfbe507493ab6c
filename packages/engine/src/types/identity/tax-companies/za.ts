import { addLuhn } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

/** South Africa: 9 for companies, eight digits, Luhn's check digit. */
export const zaCompany: IdNumber = {
  country: 'ZA',
  name: 'Income tax reference number',
  source: 'South African Revenue Service',
  example: '9745337551',
  build: (id) => {
    id.fixed('9').digits(8);
    addLuhn(id);
  },
};
