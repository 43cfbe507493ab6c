import { addChecked, steerFor } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

const WEIGHTS = [8, 7, 6, 5, 4, 3, 2];
const CHECK = '-0987654321';

/** Slovenia: seven digits and a check digit by eleven. */
export const siTaxpayer: IdNumber = {
  country: 'SI',
  name: 'Davčna številka',
  source: 'FURS, Zakon o davčnem postopku',
  example: '15012557',
  build: (id) => {
    id.between(1, 9, 1).digits(5);
    steerFor(id, WEIGHTS, CHECK);
    addChecked(id, WEIGHTS, CHECK);
  },
};
