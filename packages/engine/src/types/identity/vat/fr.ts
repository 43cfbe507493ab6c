import { add, mod, mul } from '../../../plan/program.ts';
import { addLuhn } from '../../checks/check-digits.ts';
import { powersOfTen } from '../../checks/weights.ts';
import type { IdNumber } from '../id-number.ts';

/** France: key by 97 and the firm's SIREN, which ends with Luhn's check digit. */
export const frVat: IdNumber = {
  country: 'FR',
  name: 'Numéro de TVA intracommunautaire',
  source: 'European Commission, VIES; CGI art. 286 ter',
  example: 'FR40303265045',
  build: (id) => {
    id.literal('FR');
    const key = id.later(2);
    id.between(3, 9, 1).digits(7);
    addLuhn(id);
    // (12 + 3 × (SIREN mod 97)) mod 97.
    key(mod(add(mul(id.sum(powersOfTen(10, 97)), 3), 12), 97));
  },
};
