import { addChecked } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

/** Peru: 20 for firms, eight digits, check digit by eleven. */
export const peCompany: IdNumber = {
  country: 'PE',
  name: 'Registro Único de Contribuyentes (RUC)',
  source: 'SUNAT',
  example: '20512333797',
  build: (id) => {
    id.fixed('20').between(10, 69, 2).digits(6);
    addChecked(id, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2], '10987654321');
  },
};
