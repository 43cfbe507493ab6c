import { addChecked } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

/** Ireland: seven digits and a check letter by 23. */
export const ieVat: IdNumber = {
  country: 'IE',
  name: 'VAT number',
  source: 'European Commission, VIES, Revenue Commissioners',
  example: 'IE6433435F',
  build: (id) => {
    id.literal('IE').digits(7);
    addChecked(id, [8, 7, 6, 5, 4, 3, 2], 'WABCDEFGHIJKLMNOPQRSTUV');
  },
};
