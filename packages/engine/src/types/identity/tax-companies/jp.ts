import { constant, mod, sub } from '../../../plan/program.ts';
import { weights } from '../../checks/weights.ts';
import type { IdNumber } from '../id-number.ts';

/** Japan: check digit by nine, twelve digits. */
export const jpCompany: IdNumber = {
  country: 'JP',
  name: '法人番号 (Corporate Number)',
  source: '国税庁',
  example: '5835678256246',
  build: (id) => {
    const check = id.later(1);
    id.between(1, 9, 1).digits(9).digits(2);
    // The check digit comes first: nine less the remainder by nine.
    check(sub(constant(9), mod(id.sum(weights([0, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1])), 9)));
  },
};
