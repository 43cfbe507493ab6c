import { addVerhoeff } from '../../checks/check-digits.ts';
import type { NationalId } from '../national-id.ts';

/** India: eleven digits, the first 2 to 9, and Verhoeff's check digit (UIDAI, A UID Numbering Scheme, 2010). */
export const india: NationalId = {
  country: 'IN',
  name: 'Aadhaar',
  source: 'UIDAI, A UID Numbering Scheme (2010)',
  example: '234123412346',
  rules: { pattern: '[2-9][0-9]{11}', checksum: { name: 'verhoeff', at: -1 } },
  build: (id) => {
    id.between(2, 9, 1).digits(10);
    addVerhoeff(id);
  },
};
