import { add, mul, sub } from '../../../plan/program.ts';
import { addChecked } from '../../checks/check-digits.ts';
import { birthOf, maleOf } from '../birth.ts';
import type { IdNumber } from '../id-number.ts';

/** Korea: day of birth, sex and century, place of registration, serial number, check digit by eleven. */
export const kr: IdNumber = {
  country: 'KR',
  name: '주민등록번호 (Resident Registration Number)',
  source: 'Ministry of the Interior and Safety',
  example: '971013-9019902',
  note: 'Structure until October 2020; since then the last six digits are random.',
  build: (id, context) => {
    const { yy, mm, dd, after1999 } = birthOf(id, context);
    id.number(yy, 2).number(mm, 2).number(dd, 2).separator('-');
    // 1 and 2 for men and women of the twentieth century, 3 and 4 since 2000.
    id.number(sub(add(mul(after1999, 2), 2), maleOf(id, context)), 1);
    id.between(0, 95, 2).digits(3);
    addChecked(id, [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5], '10987654321');
  },
};
