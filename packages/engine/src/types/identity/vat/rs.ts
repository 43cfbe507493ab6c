import { addMod11Over10 } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

/** Serbia: eight digits and the check digit of ISO 7064 MOD 11,10. */
export const rsVat: IdNumber = {
  country: 'RS',
  name: 'Порески идентификациони број (ПИБ)',
  source: 'Poreska uprava; ISO 7064 MOD 11,10',
  example: '101134702',
  build: (id) => {
    id.fixed('1').digits(7);
    addMod11Over10(id);
  },
};
