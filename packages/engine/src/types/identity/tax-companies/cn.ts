import { mod } from '../../../plan/program.ts';
import { complement } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

/** Cities and provinces. */
const PLACES = ['110000', '120000', '310000', '320000', '330000', '370000', '440000', '500000', '510000'];
/** Characters by what they count: without I, O, S, V and Z. */
const ALPHABET = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'];
const CODE = [3, 7, 9, 10, 5, 8, 4, 2];
const organisation = (char: string, position: number): number => ALPHABET.indexOf(char) * (CODE[position - 8] ?? 0);
const whole = (char: string, position: number): number => ALPHABET.indexOf(char) * (3 ** position % 31);

/** China: 91 for firms, place of registration, code of the organisation with its check character, check character by 31. */
export const cnCompany: IdNumber = {
  country: 'CN',
  name: '统一社会信用代码 (Unified Social Credit Code)',
  source: 'GB 32100-2015',
  example: '91110000600037341L',
  build: (id) => {
    id.fixed('91').oneOf(PLACES).digits(8);
    id.char(mod(id.sum(organisation), 11), [...'0X987654321']);
    id.char(complement(id.sum(whole), 31), ALPHABET);
  },
};
