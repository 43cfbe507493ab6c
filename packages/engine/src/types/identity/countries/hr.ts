import { addMod11Over10 } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

/** Croatia: ten drawn digits and the check digit of ISO 7064 MOD 11,10. */
export const hr: IdNumber = {
  country: 'HR',
  name: 'Osobni identifikacijski broj (OIB)',
  source: 'Porezna uprava; ISO 7064 MOD 11,10',
  example: '33392005961',
  build: (id) => {
    id.digits(10);
    addMod11Over10(id);
  },
};
