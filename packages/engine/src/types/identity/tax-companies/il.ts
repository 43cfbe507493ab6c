import { addLuhn } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

/** Israel: 51 for companies, six digits, Luhn's check digit. */
export const ilCompany: IdNumber = {
  country: 'IL',
  name: 'מספר חברה (Company number)',
  source: 'Registrar of Companies; Luhn',
  example: '516179157',
  build: (id) => {
    id.fixed('51').digits(6);
    addLuhn(id);
  },
};
