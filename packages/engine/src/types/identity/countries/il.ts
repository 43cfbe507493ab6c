import { addLuhn } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

/** Israel: eight digits and Luhn's check digit. */
export const il: IdNumber = {
  country: 'IL',
  name: 'מספר זהות (Mispar Zehut)',
  source: 'Population and Immigration Authority; Luhn',
  example: '039337423',
  build: (id) => {
    id.digits(8);
    addLuhn(id);
  },
};
