import { add, mul } from '../../../plan/program.ts';
import { addChecked } from '../../checks/check-digits.ts';
import { birthOf, maleOf } from '../birth.ts';
import type { IdNumber } from '../id-number.ts';

/** Counties that have kept their code since codes exist. */
const COUNTIES = [
  '110101',
  '110102',
  '120101',
  '120102',
  '140121',
  '140122',
  '150121',
  '150122',
  '210224',
  '210321',
  '222401',
  '222402',
  '230722',
  '232721',
  '310101',
  '310104',
  '330122',
  '330127',
  '340121',
  '340421',
  '350121',
  '360121',
  '422822',
  '422921',
  '430121',
  '430321',
  '510121',
  '510321',
  '520203',
  '522323',
  '530124',
  '532322',
  '540121',
  '540122',
  '610323',
  '610324',
  '620121',
  '620122',
  '632221',
  '632222',
  '640121',
  '640122',
  '650121',
  '652323',
];

/** China: county, day of birth, sequence that is odd for men, the check character of ISO 7064 MOD 11-2. */
export const cn: IdNumber = {
  country: 'CN',
  name: '居民身份证号码 (Resident Identity Card number)',
  source: 'GB 11643-1999; GB/T 2260 for the codes of counties',
  example: '110105198003077513',
  note: 'A selection of counties that have kept their code.',
  build: (id, context) => {
    const { yy, mm, dd, after1999 } = birthOf(id, context);
    id.oneOf(COUNTIES);
    id.number(add(after1999, 19), 2).number(yy, 2).number(mm, 2).number(dd, 2);
    // The last digit of the sequence is odd for men.
    id.digits(2).number(add(mul(context.choose(5), 2), maleOf(id, context)), 1);
    // ISO 7064 MOD 11-2.
    addChecked(id, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2], '10X98765432');
  },
};
