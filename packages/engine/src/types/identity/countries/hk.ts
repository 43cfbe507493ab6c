import { add, mod } from '../../../plan/program.ts';
import { weights } from '../../checks/weights.ts';
import type { IdNumber } from '../id-number.ts';

/** First letters of cards of persons born or registered in Hong Kong. */
const LETTERS = [...'ABCDEFGHKMPRSVYZ'];

/** Hong Kong: a letter, six digits, check character by eleven, A for ten. */
export const hk: IdNumber = {
  country: 'HK',
  name: 'Hong Kong Identity Card number (HKID)',
  source: 'Immigration Department, Hong Kong SAR',
  example: 'A123456(3)',
  build: (id) => {
    id.letters(1, LETTERS).digits(6).separator('(');
    // An empty place before the letter counts as 36, times nine.
    const sum = add(id.sum(weights([8, 7, 6, 5, 4, 3, 2])), 36 * 9);
    id.char(mod(sum, 11), [...'0A987654321']).separator(')');
  },
};
