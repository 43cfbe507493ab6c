import { complement } from '../../checks/check-digits.ts';
import { characterValue } from '../../checks/weights.ts';
import type { IdNumber } from '../id-number.ts';

/** Luhn's scheme in base 36: the last of fourteen characters is doubled, and the digits of the product are added. */
const weigh = (char: string, position: number): number => {
  const value = characterValue(char) * (position % 2 === 1 ? 2 : 1);
  return Math.floor(value / 36) + (value % 36);
};

/** India: state, PAN of a company, number of the registration, Z, check character by 36. */
export const inCompany: IdNumber = {
  country: 'IN',
  name: 'Goods and Services Tax Identification Number (GSTIN)',
  source: 'GST Council, CGST Rule 10',
  example: '27AAPFU0939F1ZV',
  build: (id) => {
    id.between(1, 24, 2).letters(3).fixed('C').letters(1).between(1, 99, 2).digits(2).letters(1).fixed('1Z');
    id.char(complement(id.sum(weigh), 36), [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ']);
  },
};
