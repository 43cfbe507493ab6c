import { addChecked, steerFor } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

const WEIGHTS = [6, 5, 7, 2, 3, 4, 5, 6, 7];
const CHECK = '0123456789-';

/** Poland: nine digits and a check digit by eleven. */
export const plVat: IdNumber = {
  country: 'PL',
  name: 'Numer identyfikacji podatkowej (NIP)',
  source: 'European Commission, VIES',
  example: 'PL8567346215',
  build: (id) => {
    id.literal('PL').between(1, 9, 1).between(1, 9, 1).between(1, 9, 1).digits(5);
    steerFor(id, WEIGHTS, CHECK);
    addChecked(id, WEIGHTS, CHECK);
  },
};
