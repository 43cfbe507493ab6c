import { addChecked } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

/** Greece, with the prefix EL: eight digits and a check digit by eleven. */
export const grVat: IdNumber = {
  country: 'GR',
  name: 'ΑΦΜ (Αριθμός Φορολογικού Μητρώου)',
  source: 'European Commission, VIES',
  example: 'EL094259216',
  build: (id) => {
    id.literal('EL').oneOf(['08', '09', '99']).digits(6);
    addChecked(id, [256, 128, 64, 32, 16, 8, 4, 2], '01234567890');
  },
};
