import { addChecked, steerFor } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

const WEIGHTS = [8, 7, 6, 5, 4, 3, 2];
const CHECK = '-0987654321';

/** Slovenia: seven digits and a check digit by eleven. */
export const siVat: IdNumber = {
  country: 'SI',
  name: 'Identifikacijska številka za DDV',
  source: 'European Commission, VIES',
  example: 'SI50223054',
  build: (id) => {
    id.literal('SI').between(1, 9, 1).digits(5);
    steerFor(id, WEIGHTS, CHECK);
    addChecked(id, WEIGHTS, CHECK);
  },
};
