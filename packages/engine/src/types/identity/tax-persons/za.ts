import { addLuhn } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

/** South Africa: 0 to 3 for persons, eight digits, Luhn's check digit. */
export const zaTaxpayer: IdNumber = {
  country: 'ZA',
  name: 'Income tax reference number',
  source: 'South African Revenue Service',
  example: '0001339050',
  build: (id) => {
    id.between(0, 3, 1).digits(8);
    addLuhn(id);
  },
};
