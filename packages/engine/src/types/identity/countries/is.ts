import { addChecked, steerFor } from '../../checks/check-digits.ts';
import { birthOf } from '../birth.ts';
import type { IdNumber } from '../id-number.ts';

const WEIGHTS = [3, 2, 7, 6, 5, 4, 3, 2];
const CHECK = '0-987654321';

/** Iceland: day of birth, two digits from 20 upwards, check digit by eleven, digit of the century. */
export const iceland: IdNumber = {
  country: 'IS',
  name: 'Kennitala',
  source: 'Þjóðskrá Íslands, lög 140/2019',
  example: '120174-3399',
  build: (id, context) => {
    const { yy, mm, dd, after1999 } = birthOf(id, context);
    id.number(dd, 2).number(mm, 2).number(yy, 2).separator('-').between(2, 9, 1);
    steerFor(id, WEIGHTS, CHECK);
    addChecked(id, WEIGHTS, CHECK);
    id.uncounted(after1999, ['9', '0']);
  },
};
