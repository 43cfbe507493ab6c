import { addLuhn } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

/** Italy: seven digits, office, Luhn's check digit. */
export const itVat: IdNumber = {
  country: 'IT',
  name: 'Partita IVA',
  source: 'European Commission, VIES; DPR 633/1972',
  example: 'IT00743110157',
  build: (id) => {
    id.literal('IT').between(0, 99, 3).between(1, 99, 2).digits(2).between(1, 100, 3);
    addLuhn(id);
  },
};
