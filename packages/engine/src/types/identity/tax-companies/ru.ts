import { addChecked } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

/** Russia: region and office, five digits, check digit by eleven. */
export const ruCompany: IdNumber = {
  country: 'RU',
  name: 'ИНН юридического лица (INN)',
  source: 'ФНС России, приказ ЕД-7-14/559',
  example: '7707083893',
  build: (id) => {
    id.between(1, 89, 2).between(1, 99, 2).digits(5);
    addChecked(id, [2, 4, 10, 3, 5, 9, 4, 6, 8], '01234567890');
  },
};
