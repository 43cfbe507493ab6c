import { complement } from '../../checks/check-digits.ts';
import { characterValue } from '../../checks/weights.ts';
import type { IdNumber } from '../id-number.ts';

const WEIGHTS = [1, 3, 7, 1, 3, 7, 1, 3, 5];
/** The last digit times five also counts its tens. */
const weigh = (char: string, position: number): number => {
  const value = characterValue(char) * (WEIGHTS[position] ?? 0);
  return position === 8 ? value + Math.floor(value / 10) : value;
};

/** Korea: office, kind of company, serial number, check digit by ten. */
export const krCompany: IdNumber = {
  country: 'KR',
  name: '사업자등록번호 (Business Registration Number)',
  source: 'National Tax Service',
  example: '116-82-00276',
  build: (id) => {
    id.between(101, 666, 3).separator('-').between(81, 88, 2).separator('-').between(1, 999, 3).digits(1);
    id.number(complement(id.sum(weigh), 10), 1);
  },
};
