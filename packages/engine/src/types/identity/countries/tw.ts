import { constant, sub } from '../../../plan/program.ts';
import { complement } from '../../checks/check-digits.ts';
import { characterValue } from '../../checks/weights.ts';
import { maleOf } from '../birth.ts';
import type { IdNumber } from '../id-number.ts';

/** Letters in the order of their numbers, which begin with 10. */
const ORDER = 'ABCDEFGHJKLMNPQRSTUVXYWZIO';
/** Letters that are still given; L, R, S and Y went with their counties. */
const LETTERS = [...'ABCDEFGHIJKMNOPQTUVWXZ'];

/** The letter's tens count once, its ones nine times, what follows eight times and so on down. */
const weigh = (char: string, position: number): number => {
  if (position > 0) return characterValue(char) * (9 - position);
  const number = ORDER.indexOf(char) + 10;
  return Math.floor(number / 10) + (number % 10) * 9;
};

/** Taiwan: letter of the place, sex, seven digits, check digit by ten. */
export const tw: IdNumber = {
  country: 'TW',
  name: '國民身分證統一編號 (National Identification Card number)',
  source: 'Department of Household Registration, Ministry of the Interior',
  example: 'A123456789',
  build: (id, context) => {
    id.letters(1, LETTERS)
      .number(sub(constant(2), maleOf(id, context)), 1)
      .digits(7);
    id.number(complement(id.sum(weigh), 10), 1);
  },
};
