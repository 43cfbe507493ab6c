import { constant, mod, sub } from '../../../plan/program.ts';
import { powersOfTen } from '../../checks/weights.ts';
import type { IdNumber } from '../id-number.ts';

/** Belgium: eight digits and 97 less their remainder by 97. */
export const beVat: IdNumber = {
  country: 'BE',
  name: 'Btw-nummer / Numéro de TVA',
  source: 'European Commission, VIES',
  example: 'BE0428759497',
  build: (id) => {
    id.literal('BE').fixed('0').digits(7);
    id.number(sub(constant(97), mod(id.sum(powersOfTen(7, 97)), 97)), 2);
  },
};
