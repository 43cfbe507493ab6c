import { add, mod, mul } from '../../../plan/program.ts';
import { powersOfTen } from '../../checks/weights.ts';
import { birthOf, maleOf } from '../birth.ts';
import type { IdNumber } from '../id-number.ts';

/** Finland: day of birth, sign of the century, individual number that is odd for men, check character by 31. */
export const fi: IdNumber = {
  country: 'FI',
  name: 'Henkilötunnus (HETU)',
  source: 'Digi- ja väestötietovirasto',
  example: '131052-308T',
  note: 'The signs introduced in 2023 (B to F and Y to U) are not used.',
  reserved:
    'Individual numbers 900 to 999, which are never given to persons for good; python-stdnum takes them with allow_temporary only.',
  build: (id, context, reserved) => {
    const { yy, mm, dd, after1999 } = birthOf(id, context);
    const male = maleOf(id, context);
    id.number(dd, 2).number(mm, 2).number(yy, 2).uncounted(after1999, ['-', 'A']);
    // Odd for men: 002 to 899, or 900 to 999.
    const first = reserved ? 900 : 2;
    id.number(add(add(mul(context.choose(reserved ? 50 : 449), 2), male), first), 3);
    id.char(mod(id.sum(powersOfTen(8, 31)), 31), [...'0123456789ABCDEFHJKLMNPRSTUVWXY']);
  },
};
