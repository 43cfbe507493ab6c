import { addChecked } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

/** Colombia: the number of the cédula and a check digit by eleven. */
export const coTaxpayer: IdNumber = {
  country: 'CO',
  name: 'Número de Identificación Tributaria (NIT)',
  source: 'DIAN, Orden Administrativa 4 de 1989',
  example: '1.149.067.557-0',
  build: (id) => {
    id.fixed('1').separator('.').between(0, 199, 3).separator('.').digits(3).separator('.').digits(3).separator('-');
    addChecked(id, [43, 41, 37, 29, 23, 19, 17, 13, 7, 3], '01987654321');
  },
};
