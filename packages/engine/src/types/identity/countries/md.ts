import { addChecked } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

/** Moldova: 2, year and office of registration, serial number, check digit by the weights 7, 3 and 1. */
export const md: IdNumber = {
  country: 'MD',
  name: 'IDNP (Numărul de identificare de stat)',
  source: 'Agenția Servicii Publice, HG 333/2002',
  example: '2745337557196',
  build: (id) => {
    id.fixed('2').digits(11);
    addChecked(id, [7, 3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1], '0123456789');
  },
};
