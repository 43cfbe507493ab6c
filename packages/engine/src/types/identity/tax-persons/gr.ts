import { addChecked } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

/** Greece: eight digits and a check digit by eleven. */
export const grTaxpayer: IdNumber = {
  country: 'GR',
  name: 'ΑΦΜ (Αριθμός Φορολογικού Μητρώου)',
  source: 'ΑΑΔΕ',
  example: '123456783',
  build: (id) => {
    id.between(1, 4, 1).digits(7);
    addChecked(id, [256, 128, 64, 32, 16, 8, 4, 2], '01234567890');
  },
};
