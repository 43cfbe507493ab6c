import { addChecked } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

/** Turkey: nine digits, two check digits by ten. */
export const tr: IdNumber = {
  country: 'TR',
  name: 'T.C. Kimlik Numarası',
  source: 'Nüfus ve Vatandaşlık İşleri Genel Müdürlüğü',
  example: '17291716060',
  build: (id) => {
    id.between(1, 9, 1).digits(8);
    // Seven times the digits in odd places less those in even places; then the sum of all.
    addChecked(id, [7, 9, 7, 9, 7, 9, 7, 9, 7], '0123456789');
    addChecked(id, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1], '0123456789');
  },
};
