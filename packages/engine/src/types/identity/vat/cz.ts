import { addChecked } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

/** Czech Republic: seven digits and a check digit by eleven, of firms. */
export const czVat: IdNumber = {
  country: 'CZ',
  name: 'Daňové identifikační číslo (DIČ)',
  source: 'European Commission, VIES',
  example: 'CZ25123891',
  build: (id) => {
    id.literal('CZ').between(1, 8, 1).digits(6);
    addChecked(id, [8, 7, 6, 5, 4, 3, 2], '10987654321');
  },
};
