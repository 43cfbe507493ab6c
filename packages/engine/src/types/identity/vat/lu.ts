import { mod } from '../../../plan/program.ts';
import { powersOfTen } from '../../checks/weights.ts';
import type { IdNumber } from '../id-number.ts';

/** Luxembourg: six digits and their remainder by 89. */
export const luVat: IdNumber = {
  country: 'LU',
  name: 'Numéro d’identification TVA',
  source: 'European Commission, VIES',
  example: 'LU15027442',
  build: (id) => {
    id.literal('LU').between(1, 9, 1).digits(5);
    id.number(mod(id.sum(powersOfTen(5, 89)), 89), 2);
  },
};
