import { complement } from '../../checks/check-digits.ts';
import { characterValue } from '../../checks/weights.ts';
import type { IdNumber } from '../id-number.ts';

const WEIGHTS = [1, 2, 1, 2, 1, 2, 4];
/** The digits of the products are added. */
const weigh = (char: string, position: number): number => {
  const product = characterValue(char) * (WEIGHTS[position] ?? 0);
  return Math.floor(product / 10) + (product % 10);
};

/** Taiwan: seven digits and a check digit by ten. */
export const twCompany: IdNumber = {
  country: 'TW',
  name: '統一編號 (Unified Business Number)',
  source: 'Ministry of Finance',
  example: '00501503',
  build: (id) => {
    id.digits(7);
    id.number(complement(id.sum(weigh), 10), 1);
  },
};
