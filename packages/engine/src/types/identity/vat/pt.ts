import { addChecked } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

/** Portugal: 5 for firms, seven digits, check digit by eleven. */
export const ptVat: IdNumber = {
  country: 'PT',
  name: 'Número de identificação fiscal (NIF)',
  source: 'European Commission, VIES',
  example: 'PT501964843',
  build: (id) => {
    id.literal('PT').fixed('5').digits(7);
    addChecked(id, [9, 8, 7, 6, 5, 4, 3, 2], '00987654321');
  },
};
