import { addChecked, steerFor } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

const WEIGHTS = [9, 8, 7, 6, 5, 4, 3, 2];
/** The last digit weighs minus one. */
const CHECK = '0123456789-';

/** First five digits of numbers for tests. */
const FOR_TESTS = ['00001', '00002', '00003', '00004', '00005', '00006', '00007', '00008', '00009', '99999'];

/** Netherlands: nine digits that pass the elfproef. */
export const nl: IdNumber = {
  country: 'NL',
  name: 'Burgerservicenummer (BSN)',
  source: 'Rijksdienst voor Identiteitsgegevens (RvIG), Wabb',
  example: '111222333',
  reserved: 'Numbers that begin with 0000 or 99999, which are kept for tests.',
  build: (id, _context, reserved) => {
    if (reserved) id.oneOf(FOR_TESTS).digits(2);
    else id.between(1, 8, 1).digits(6);
    steerFor(id, WEIGHTS, CHECK);
    addChecked(id, WEIGHTS, CHECK);
  },
};
