import { addTwoStage } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

/** Ukraine: seven digits and a check digit by eleven in two stages. */
export const uaCompany: IdNumber = {
  country: 'UA',
  name: 'Код ЄДРПОУ',
  source: 'Державна служба статистики України',
  example: '32855961',
  build: (id) => {
    id.between(30, 59, 2).digits(5);
    addTwoStage(id, [7, 1, 2, 3, 4, 5, 6], [9, 3, 4, 5, 6, 7, 8]);
  },
};
