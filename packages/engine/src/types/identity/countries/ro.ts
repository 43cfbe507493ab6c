import { add, mul, sub } from '../../../plan/program.ts';
import { addChecked } from '../../checks/check-digits.ts';
import { birthOf, maleOf } from '../birth.ts';
import type { IdNumber } from '../id-number.ts';

/** Romania: sex and century, day of birth, county, serial number, check digit by eleven, 1 for ten. */
export const ro: IdNumber = {
  country: 'RO',
  name: 'Cod numeric personal (CNP)',
  source: 'Direcția Generală pentru Evidența Persoanelor, OUG 97/2005',
  example: '1630615123457',
  build: (id, context) => {
    const { yy, mm, dd, after1999 } = birthOf(id, context);
    // 1 and 2 for men and women of the twentieth century, 5 and 6 since 2000.
    id.number(sub(add(mul(after1999, 4), 2), maleOf(id, context)), 1);
    id.number(yy, 2).number(mm, 2).number(dd, 2).between(1, 46, 2).between(1, 999, 3);
    addChecked(id, [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9], '01234567891');
  },
};
