import { addChecked } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

/** Colombia: nine digits from 800 million upwards and a check digit by eleven. */
export const coCompany: IdNumber = {
  country: 'CO',
  name: 'Número de Identificación Tributaria (NIT)',
  source: 'DIAN, Orden Administrativa 4 de 1989',
  example: '800.197.268-4',
  build: (id) => {
    id.between(800, 901, 3).separator('.').digits(3).separator('.').digits(3).separator('-');
    addChecked(id, [41, 37, 29, 23, 19, 17, 13, 7, 3], '01987654321');
  },
};
