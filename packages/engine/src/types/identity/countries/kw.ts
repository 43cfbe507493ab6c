import { add } from '../../../plan/program.ts';
import { addChecked, steerFor } from '../../checks/check-digits.ts';
import { birthOf } from '../birth.ts';
import type { IdNumber } from '../id-number.ts';

const WEIGHTS = [2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/** Eleven less the remainder; remainders 0 and 1 have no digit. */
const CHECK = '--987654321';

/** Kuwait: century, day of birth, serial number, check digit by eleven, which is never ten. */
export const kw: IdNumber = {
  country: 'KW',
  name: 'الرقم المدني (Civil ID)',
  source: 'Public Authority for Civil Information (PACI)',
  example: '305091274521',
  build: (id, context) => {
    const { yy, mm, dd, after1999 } = birthOf(id, context);
    id.number(add(after1999, 2), 1).number(yy, 2).number(mm, 2).number(dd, 2).digits(3);
    steerFor(id, WEIGHTS, CHECK);
    addChecked(id, WEIGHTS, CHECK);
  },
};
