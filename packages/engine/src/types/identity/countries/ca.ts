import { addLuhn } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

/** Canada: nine digits with Luhn's check digit. The first digit tells the region, 9 a temporary resident. */
export const ca: IdNumber = {
  country: 'CA',
  name: 'Social Insurance Number (SIN)',
  source: 'Employment and Social Development Canada; Luhn',
  example: '130 692 544',
  reserved: 'Numbers that begin with 0 are not issued; python-stdnum refuses them.',
  build: (id, _context, reserved) => {
    if (reserved) id.fixed('0');
    else id.oneOf([...'12345679']);
    id.digits(2).separator(' ').digits(3).separator(' ').digits(2);
    addLuhn(id);
  },
};
