import { addChecked } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

/** Hungary: seven digits and a check digit by ten. */
export const huVat: IdNumber = {
  country: 'HU',
  name: 'Közösségi adószám',
  source: 'European Commission, VIES',
  example: 'HU12892312',
  build: (id) => {
    id.literal('HU').between(1, 9, 1).digits(6);
    addChecked(id, [9, 7, 3, 1, 9, 7, 3], '0987654321');
  },
};
