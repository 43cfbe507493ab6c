import { addChecked } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

/** Peru: 10 for persons, DNI, check digit by eleven. */
export const peTaxpayer: IdNumber = {
  country: 'PE',
  name: 'Registro Único de Contribuyentes (RUC)',
  source: 'SUNAT',
  example: '10621735573',
  build: (id) => {
    id.fixed('10').between(10, 79, 2).digits(6);
    addChecked(id, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2], '10987654321');
  },
};
