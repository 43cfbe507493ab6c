import { mod } from '../../../plan/program.ts';
import { powersOfTen } from '../../checks/weights.ts';
import type { IdNumber } from '../id-number.ts';

/** France: ten digits and their remainder by 511. */
export const frTaxpayer: IdNumber = {
  country: 'FR',
  name: 'Numéro fiscal de référence (SPI, NIF)',
  source: 'Direction générale des Finances publiques',
  example: '3023217600053',
  build: (id) => {
    id.between(0, 3, 1).digits(9);
    id.number(mod(id.sum(powersOfTen(9, 511)), 511), 3);
  },
};
