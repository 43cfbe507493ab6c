import { div, mod, sub } from '../../../plan/program.ts';
import { addChecked, steerFor } from '../../checks/check-digits.ts';
import { birthOf, indexOfDay } from '../birth.ts';
import type { IdNumber } from '../id-number.ts';

const DAY_ZERO = indexOfDay(1867, 0, 1);
const WEIGHTS = [1, 2, 3, 4, 5, 6, 7, 8, 9];
const CHECK = '0123456789-';

/** Hungary: 8, day of birth as a running number, serial number, check digit by eleven, which is never ten. */
export const huTaxpayer: IdNumber = {
  country: 'HU',
  name: 'Adóazonosító jel',
  source: 'NAV, 2017. évi CL. törvény',
  example: '8506577454',
  build: (id, context) => {
    // Days since 1867-01-01.
    const days = id.bind('days', sub(birthOf(id, context).index, DAY_ZERO));
    id.fixed('8').number(div(days, 1000), 2).number(mod(days, 1000), 3).digits(2);
    steerFor(id, WEIGHTS, CHECK);
    addChecked(id, WEIGHTS, CHECK);
  },
};
