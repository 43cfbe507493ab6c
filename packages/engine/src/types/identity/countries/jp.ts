import { addChecked } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

/** Japan: eleven digits and the check digit by eleven. */
export const jp: IdNumber = {
  country: 'JP',
  name: '個人番号 (My Number)',
  source: '行政手続番号法施行令, 平成26年総務省令第85号',
  example: '123456789018',
  build: (id) => {
    id.digits(11);
    addChecked(id, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2], '00987654321');
  },
};
