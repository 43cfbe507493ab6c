import { constant, mod, sub } from '../../../plan/program.ts';
import { weights } from '../../checks/weights.ts';
import type { IdNumber } from '../id-number.ts';

/** Australia: two check digits by 89, nine digits. */
export const auCompany: IdNumber = {
  country: 'AU',
  name: 'Australian Business Number (ABN)',
  source: 'Australian Business Register',
  example: '51 824 753 556',
  build: (id) => {
    const check = id.later(2);
    id.separator(' ').digits(3).separator(' ').digits(3).separator(' ').digits(3);
    // 11 + (-(weighted sum) - 1) mod 89: the whole, less one in the first digit, is a multiple of 89.
    const rest = mod(id.sum(weights([0, 0, 3, 5, 7, 9, 11, 13, 15, 17, 19])), 89);
    check(sub(constant(99), rest));
  },
};
