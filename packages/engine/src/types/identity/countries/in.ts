import { add, mod } from '../../../plan/program.ts';
import { addVerhoeff } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

/** India: eleven digits, the first 2 to 9, and Verhoeff's check digit (UIDAI, A UID Numbering Scheme, 2010). */
export const india: IdNumber = {
  country: 'IN',
  name: 'Aadhaar',
  source: 'UIDAI, A UID Numbering Scheme (2010)',
  example: '234123412346',
  rules: { pattern: '[2-9][0-9]{11}', checksum: { name: 'verhoeff', at: -1 } },
  build: (id, context) => {
    const second = id.bind('second', context.choose(10));
    id.between(2, 9, 1).number(second, 1).digits(8);
    // Numbers that read the same backwards are not given: the second last digit differs from the second.
    id.number(mod(add(add(second, 1), context.choose(9)), 10), 1);
    addVerhoeff(id);
  },
};
