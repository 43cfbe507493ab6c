import { add, constant, mod, mul, sub } from '../../../plan/program.ts';
import { powersOfTen } from '../../checks/weights.ts';
import { birthOf, maleOf } from '../birth.ts';
import type { IdNumber } from '../id-number.ts';

/** Belgium: day of birth, counter that is odd for men, 97 less the remainder by 97. */
export const be: IdNumber = {
  country: 'BE',
  name: 'Rijksregisternummer / Numéro de registre national',
  source: 'FOD Binnenlandse Zaken, IT000 Rijksregisternummer',
  example: '85.07.30-033.28',
  build: (id, context) => {
    const { yy, mm, dd, after1999 } = birthOf(id, context);
    const male = maleOf(id, context);
    id.number(yy, 2).separator('.').number(mm, 2).separator('.').number(dd, 2).separator('-');
    // Odd for men, 1 to 997; even for women, 2 to 998.
    id.number(sub(add(mul(context.choose(499), 2), 2), male), 3).separator('.');
    // Those born since 2000 are reckoned with a 2 in front.
    const sum = add(id.sum(powersOfTen(8, 97)), mul(after1999, 2_000_000_000 % 97));
    id.number(sub(constant(97), mod(sum, 97)), 2);
  },
};
