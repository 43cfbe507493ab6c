import type { IdNumber } from '../id-number.ts';

/** India: three letters, P for persons, letter of the name, four digits, letter whose rule is not public. */
export const inTaxpayer: IdNumber = {
  country: 'IN',
  name: 'Permanent Account Number (PAN)',
  source: 'Income Tax Department, Rule 114',
  example: 'AABPK1234C',
  note: 'The fifth letter is drawn by itself: it does not agree with the name of the row.',
  build: (id) => {
    id.letters(3).fixed('P').letters(1).between(1, 99, 2).digits(2).letters(1);
  },
};
