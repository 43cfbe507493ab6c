import { addTwoStage } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

/** Lithuania: seven digits, 1, check digit by eleven in two stages, of firms. */
export const ltVat: IdNumber = {
  country: 'LT',
  name: 'PVM mokėtojo kodas',
  source: 'European Commission, VIES',
  example: 'LT119511515',
  build: (id) => {
    id.literal('LT').between(1, 9, 1).digits(6).fixed('1');
    addTwoStage(id, [1, 2, 3, 4, 5, 6, 7, 8], [3, 4, 5, 6, 7, 8, 9, 1]);
  },
};
