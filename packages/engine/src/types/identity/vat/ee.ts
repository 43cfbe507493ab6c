import { addChecked } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

/** Estonia: eight digits and a check digit by ten. */
export const eeVat: IdNumber = {
  country: 'EE',
  name: 'Käibemaksukohustuslase number (KMKR)',
  source: 'European Commission, VIES',
  example: 'EE100931558',
  build: (id) => {
    id.literal('EE').fixed('10').digits(6);
    addChecked(id, [3, 7, 1, 3, 7, 1, 3, 7], '0987654321');
  },
};
