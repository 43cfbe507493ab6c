import { addChecked, steerFor } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

const WEIGHTS = [9, 8, 7, 6, 5, 4, 3, 2];
/** The last digit weighs minus one. */
const CHECK = '0123456789-';

/** Netherlands: nine digits that pass the elfproef. */
export const nl: IdNumber = {
  country: 'NL',
  name: 'Burgerservicenummer (BSN)',
  source: 'Rijksdienst voor Identiteitsgegevens (RvIG), Wabb',
  example: '111222333',
  reserved: 'Numbers from 999900000, which RvIG and Logius use for test persons.',
  build: (id, _context, reserved) => {
    if (reserved) id.fixed('9999').digits(3);
    else id.between(1, 8, 1).digits(6);
    steerFor(id, WEIGHTS, CHECK);
    addChecked(id, WEIGHTS, CHECK);
  },
};
