import { addLuhn } from '../checks/check-digits.ts';
import type { IdNumber } from './id-number.ts';

/** France: eight digits and Luhn's check digit. */
export const siren: IdNumber = {
  country: 'FR',
  name: 'SIREN',
  source: 'INSEE, répertoire Sirene',
  example: '552 008 443',
  build: (id) => {
    id.between(3, 9, 1).digits(2).separator(' ').digits(3).separator(' ').digits(2);
    addLuhn(id);
  },
};
