import { complement } from '../../checks/check-digits.ts';
import { characterValue } from '../../checks/weights.ts';
import type { IdNumber } from '../id-number.ts';

/** The digit plus its place from the right, by ten; times a power of two, by nine, where nine itself stays. */
const weigh = (char: string, position: number): number => {
  const place = 9 - position;
  const value = (characterValue(char) + place) % 10;
  return value === 0 ? 0 : (value * 2 ** place) % 9 || 9;
};

/** Turkey: nine digits and a check digit by ten. */
export const trVat: IdNumber = {
  country: 'TR',
  name: 'Vergi Kimlik Numarası (VKN)',
  source: 'Gelir İdaresi Başkanlığı',
  example: '4540536920',
  build: (id) => {
    id.between(1, 9, 1).digits(8);
    id.number(complement(id.sum(weigh), 10), 1);
  },
};
