import { addLuhn } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

/** Dominican Republic: municipality, serial number, Luhn's check digit. */
export const dominicanRepublic: IdNumber = {
  country: 'DO',
  name: 'Cédula de identidad y electoral',
  source: 'Junta Central Electoral',
  example: '300-6255571-6',
  build: (id) => {
    id.between(1, 402, 3).separator('-').digits(7).separator('-');
    addLuhn(id);
  },
};
