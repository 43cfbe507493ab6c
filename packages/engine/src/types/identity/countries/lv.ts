import { add } from '../../../plan/program.ts';
import { addChecked, steerFor } from '../../checks/check-digits.ts';
import { birthOf } from '../birth.ts';
import type { IdNumber } from '../id-number.ts';

const WEIGHTS = [10, 5, 8, 4, 2, 1, 6, 3, 7, 9];
const CHECK = '123456789-0';

/** Latvia: day of birth, digit of the century, serial number, check digit by eleven. */
export const lv: IdNumber = {
  country: 'LV',
  name: 'Personas kods',
  source: 'Iedzīvotāju reģistra likums',
  example: '161175-19997',
  note: 'Structure until July 2017; since then numbers begin with 32 and tell no day of birth.',
  build: (id, context) => {
    const { yy, mm, dd, after1999 } = birthOf(id, context);
    id.number(dd, 2).number(mm, 2).number(yy, 2).separator('-').number(add(after1999, 1), 1).digits(2);
    steerFor(id, WEIGHTS, CHECK);
    addChecked(id, WEIGHTS, CHECK);
  },
};
