import { addBirthNumber } from '../birth-number.ts';
import type { IdNumber } from '../id-number.ts';

/** Slovakia: day of birth, serial number; the whole is a multiple of eleven. */
export const sk: IdNumber = {
  country: 'SK',
  name: 'Rodné číslo',
  source: 'Ministerstvo vnútra, zákon č. 301/1995 Z. z.',
  example: '710319/2745',
  build: (id, context) => {
    addBirthNumber(id, context);
  },
};
