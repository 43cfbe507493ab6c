import { addChecked } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

/** Portugal: 1 to 3 for persons, seven digits, check digit by eleven. */
export const ptTaxpayer: IdNumber = {
  country: 'PT',
  name: 'Número de identificação fiscal (NIF)',
  source: 'Autoridade Tributária e Aduaneira',
  example: '123456789',
  build: (id) => {
    id.between(1, 3, 1).digits(7);
    addChecked(id, [9, 8, 7, 6, 5, 4, 3, 2], '00987654321');
  },
};
