import { addChecked, steerFor } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

const WEIGHTS = [9, 8, 7, 6, 5, 4, 3, 2];
const CHECK = '0123456789-';

/** Netherlands: RSIN, B, number of the entity. */
export const nlVat: IdNumber = {
  country: 'NL',
  name: 'Btw-identificatienummer',
  source: 'European Commission, VIES; RSIN',
  example: 'NL810433941B01',
  build: (id) => {
    id.literal('NL').fixed('8').digits(6);
    steerFor(id, WEIGHTS, CHECK);
    addChecked(id, WEIGHTS, CHECK).fixed('B').between(1, 99, 2);
  },
};
