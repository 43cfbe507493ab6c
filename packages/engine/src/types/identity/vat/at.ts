import { add } from '../../../plan/program.ts';
import { complement } from '../../checks/check-digits.ts';
import { luhn } from '../../checks/weights.ts';
import type { IdNumber } from '../id-number.ts';

/** Austria: U, seven digits, check digit by Luhn's scheme with four added. */
export const atVat: IdNumber = {
  country: 'AT',
  name: 'Umsatzsteuer-Identifikationsnummer (UID)',
  source: 'European Commission, VIES',
  example: 'ATU13585627',
  build: (id) => {
    id.literal('ATU').digits(7);
    // Luhn's digit of the seven, four more.
    id.number(complement(add(id.sum(luhn(6)), 4), 10), 1);
  },
};
