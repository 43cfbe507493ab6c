import { addChecked, steerFor } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

const WEIGHTS = [2, 7, 6, 5, 4, 3, 2];
const CHECK = '0-987654321';

/** Denmark: seven digits and a check digit by eleven. */
export const dkVat: IdNumber = {
  country: 'DK',
  name: 'CVR-/SE-nummer',
  source: 'European Commission, VIES',
  example: 'DK13585628',
  build: (id) => {
    id.literal('DK').between(1, 9, 1).digits(5);
    steerFor(id, WEIGHTS, CHECK);
    addChecked(id, WEIGHTS, CHECK);
  },
};
