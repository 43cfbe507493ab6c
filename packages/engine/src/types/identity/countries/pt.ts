import { addChecked, complement } from '../../checks/check-digits.ts';
import { characterValue } from '../../checks/weights.ts';
import type { IdNumber } from '../id-number.ts';

/** Every second character from the right counts twice, less nine where that is more than nine. */
const weigh = (char: string, position: number): number => {
  const value = characterValue(char) * (position % 2 === 0 ? 2 : 1);
  return position % 2 === 0 && value > 9 ? value - 9 : value;
};

/** Portugal: civil number with its check digit, version of the card, check digit over all of it. */
export const pt: IdNumber = {
  country: 'PT',
  name: 'Número de documento do Cartão de Cidadão',
  source: 'Instituto dos Registos e do Notariado; Portaria 203/2007',
  example: '00000000 0 ZZ4',
  build: (id) => {
    id.between(10, 39, 2).digits(6).separator(' ');
    addChecked(id, [9, 8, 7, 6, 5, 4, 3, 2], '00987654321').separator(' ');
    id.letters(2);
    id.number(complement(id.sum(weigh), 10), 1);
  },
};
