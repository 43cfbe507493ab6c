import { constant, mod, sub } from '../../../plan/program.ts';
import { weights } from '../../checks/weights.ts';
import type { IdNumber } from '../id-number.ts';

/** Malta: six digits and 37 less their weighted remainder by 37. */
export const mtVat: IdNumber = {
  country: 'MT',
  name: 'VAT number',
  source: 'European Commission, VIES',
  example: 'MT11679112',
  build: (id) => {
    id.literal('MT').between(1, 9, 1).digits(5);
    id.number(sub(constant(37), mod(id.sum(weights([3, 4, 6, 7, 8, 9])), 37)), 2);
  },
};
