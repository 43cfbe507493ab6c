import { addMod11Over10 } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

/** Croatia: the OIB with the prefix HR. */
export const hrVat: IdNumber = {
  country: 'HR',
  name: 'PDV identifikacijski broj',
  source: 'European Commission, VIES; ISO 7064 MOD 11,10',
  example: 'HR33392005961',
  build: (id) => {
    id.literal('HR').digits(10);
    addMod11Over10(id);
  },
};
