import { addChecked, steerFor } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2];
const CHECK = '0-987654321';

/** Finland: seven digits and a check digit by eleven. */
export const fiVat: IdNumber = {
  country: 'FI',
  name: 'Arvonlisäveronumero (ALV)',
  source: 'European Commission, VIES',
  example: 'FI20774740',
  build: (id) => {
    id.literal('FI').digits(6);
    steerFor(id, WEIGHTS, CHECK);
    addChecked(id, WEIGHTS, CHECK);
  },
};
