import { add, mod, mul, sub } from '../../../plan/program.ts';
import { addTwoStage } from '../../checks/check-digits.ts';
import { weights } from '../../checks/weights.ts';
import { birthOf, maleOf } from '../birth.ts';
import type { IdNumber } from '../id-number.ts';

const FIRST = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const SECOND = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2];

/** Numbers that are ten in both stages are not given. */
const isGood = (both: number, digit: number): boolean =>
  (Math.floor(both / 11) + digit * (FIRST[10] ?? 0)) % 11 !== 10 ||
  ((both % 11) + digit * (SECOND[10] ?? 0)) % 11 !== 10;

/** Kazakhstan: day of birth, sex and century, serial number, check digit by eleven in two stages, which is never ten. */
export const kz: IdNumber = {
  country: 'KZ',
  name: 'Жеке сәйкестендіру нөмірі (ЖСН/ИИН)',
  source: 'Government decree 406/2003 and law 223-III/2007',
  example: '050912574539',
  build: (id, context) => {
    const { yy, mm, dd, after1999 } = birthOf(id, context);
    id.number(yy, 2).number(mm, 2).number(dd, 2);
    // 3 and 4 for men and women of the twentieth century, 5 and 6 since 2000.
    id.number(sub(add(mul(after1999, 2), 4), maleOf(id, context)), 1).digits(3);
    const both = add(mul(mod(id.sum(weights(FIRST)), 11), 11), mod(id.sum(weights(SECOND)), 11));
    id.number(id.among(1, 121, both, isGood), 1);
    addTwoStage(id, FIRST, SECOND);
  },
};
