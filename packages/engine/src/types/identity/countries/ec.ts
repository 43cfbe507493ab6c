import { addLuhn } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

/** Ecuador: province, third digit below six for persons, serial number, Luhn's check digit. */
export const ec: IdNumber = {
  country: 'EC',
  name: 'Cédula de identidad (CI)',
  source: 'Dirección General de Registro Civil',
  example: '171430710-3',
  build: (id) => {
    id.between(1, 24, 2).between(0, 5, 1).digits(6).separator('-');
    addLuhn(id);
  },
};
