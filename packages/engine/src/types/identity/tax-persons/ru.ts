import { addChecked } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

/** Russia: region and office, six digits, two check digits by eleven. */
export const ruTaxpayer: IdNumber = {
  country: 'RU',
  name: 'ИНН физического лица (INN)',
  source: 'ФНС России, приказ ЕД-7-14/559',
  example: '500100732259',
  build: (id) => {
    id.between(1, 89, 2).between(1, 99, 2).digits(6);
    addChecked(id, [7, 2, 4, 10, 3, 5, 9, 4, 6, 8], '01234567890');
    addChecked(id, [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8], '01234567890');
  },
};
