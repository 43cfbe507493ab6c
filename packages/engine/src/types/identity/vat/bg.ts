import { addTwoStage } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

/** Bulgaria: eight digits and a check digit by eleven in two stages, of firms. */
export const bgVat: IdNumber = {
  country: 'BG',
  name: 'ДДС номер',
  source: 'European Commission, VIES',
  example: 'BG175074752',
  build: (id) => {
    id.literal('BG').between(1, 9, 1).digits(7);
    addTwoStage(id, [1, 2, 3, 4, 5, 6, 7, 8], [3, 4, 5, 6, 7, 8, 9, 10]);
  },
};
