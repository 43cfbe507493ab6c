import { addBirthNumber } from '../birth-number.ts';
import type { IdNumber } from '../id-number.ts';

/** Czech Republic: day of birth, serial number; the whole is a multiple of eleven. */
export const cz: IdNumber = {
  country: 'CZ',
  name: 'Rodné číslo',
  source: 'Ministerstvo vnitra, zákon č. 133/2000 Sb.',
  example: '710319/2745',
  build: (id, context) => {
    addBirthNumber(id, context);
  },
};
