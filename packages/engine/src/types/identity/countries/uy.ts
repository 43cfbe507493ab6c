import { addChecked } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

/** Uruguay: seven digits and a check digit by ten. */
export const uy: IdNumber = {
  country: 'UY',
  name: 'Cédula de identidad (CI)',
  source: 'Dirección Nacional de Identificación Civil',
  example: '1.234.567-2',
  build: (id) => {
    id.between(1, 6, 1).separator('.').digits(3).separator('.').digits(3).separator('-');
    addChecked(id, [2, 9, 8, 7, 6, 3, 4], '0987654321');
  },
};
