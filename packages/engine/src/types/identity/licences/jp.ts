import { addChecked } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

/** Japan: prefecture and year, serial number, check digit by eleven, how often it was lost. */
export const jpLicence: IdNumber = {
  country: 'JP',
  name: '運転免許証番号',
  source: 'National Police Agency',
  example: '755895571900',
  build: (id) => {
    id.between(10, 97, 2).digits(8);
    addChecked(id, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2], '00987654321').fixed('0');
  },
};
