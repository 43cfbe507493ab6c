import { addChecked } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

/** Singapore: year of registration, serial number, check letter by eleven. */
export const sgCompany: IdNumber = {
  country: 'SG',
  name: 'Unique Entity Number (UEN)',
  source: 'Accounting and Corporate Regulatory Authority',
  example: '197401143C',
  build: (id) => {
    id.between(19, 20, 2).between(0, 24, 2).digits(5);
    addChecked(id, [10, 8, 6, 4, 9, 7, 5, 3, 1], 'ZKCMDNERGWH');
  },
};
