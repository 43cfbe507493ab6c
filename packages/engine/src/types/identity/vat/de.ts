import { addMod11Over10 } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

/** Germany: eight digits and the check digit of ISO 7064 MOD 11,10. */
export const deVat: IdNumber = {
  country: 'DE',
  name: 'Umsatzsteuer-Identifikationsnummer (USt-IdNr.)',
  source: 'European Commission, VIES; ISO 7064 MOD 11,10',
  example: 'DE136695976',
  build: (id) => {
    id.literal('DE').between(1, 9, 1).digits(7);
    addMod11Over10(id);
  },
};
