import { addLuhn } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

/** Sweden: number of the organisation with Luhn's check digit, then 01. */
export const seVat: IdNumber = {
  country: 'SE',
  name: 'Momsregistreringsnummer (VAT)',
  source: 'European Commission, VIES, Skatteverket',
  example: 'SE556188840401',
  build: (id) => {
    id.literal('SE').oneOf(['55', '56']).between(2, 9, 1).digits(6);
    addLuhn(id).fixed('01');
  },
};
