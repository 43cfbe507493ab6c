import { addChecked } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

/** Romania: seven digits and a check digit by eleven. */
export const roVat: IdNumber = {
  country: 'RO',
  name: 'Cod de înregistrare fiscală (CIF)',
  source: 'European Commission, VIES',
  example: 'RO18547290',
  build: (id) => {
    id.literal('RO').between(1, 9, 1).digits(6);
    addChecked(id, [3, 2, 1, 7, 5, 3, 2], '00987654321');
  },
};
