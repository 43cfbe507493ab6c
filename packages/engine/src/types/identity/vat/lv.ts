import { addChecked, steerFor } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

const WEIGHTS = [9, 1, 4, 8, 3, 10, 2, 5, 7, 6];
const CHECK = '3210-987654';

/** Latvia: ten digits and a check digit by eleven, of firms. */
export const lvVat: IdNumber = {
  country: 'LV',
  name: 'PVN reģistrācijas numurs',
  source: 'European Commission, VIES',
  example: 'LV40003521600',
  build: (id) => {
    id.literal('LV').oneOf(['40', '50', '90']).digits(7);
    steerFor(id, WEIGHTS, CHECK);
    addChecked(id, WEIGHTS, CHECK);
  },
};
