import { addChecked } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

/** Thailand: kind of person, office, group, serial number, check digit by eleven. */
export const th: IdNumber = {
  country: 'TH',
  name: 'เลขประจำตัวประชาชน (Citizen ID)',
  source: 'Department of Provincial Administration (DOPA)',
  example: '1-2345-45678-78-1',
  build: (id) => {
    id.between(1, 8, 1).separator('-').digits(4).separator('-').digits(5).separator('-').digits(2).separator('-');
    addChecked(id, [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2], '10987654321');
  },
};
