import { mod } from '../../../plan/program.ts';
import { weights } from '../../checks/weights.ts';
import { birthOf } from '../birth.ts';
import type { IdNumber } from '../id-number.ts';

const WEIGHTS = [3, 7, 9, 0, 5, 8, 4, 2, 1, 6];

/** Austria: serial number, check digit in the fourth place, day of birth. Serials whose check digit would be ten are skipped. */
export const at: IdNumber = {
  country: 'AT',
  name: 'Sozialversicherungsnummer (SVNR)',
  source: 'Dachverband der Sozialversicherungsträger, § 31 ASVG',
  example: '1237 010180',
  build: (id, context) => {
    id.between(10, 99, 2);
    const third = id.later(1);
    const check = id.later(1);
    id.separator(' ');
    const { yy, mm, dd } = birthOf(id, context);
    id.number(dd, 2).number(mm, 2).number(yy, 2);
    third(id.steered(11, weights(WEIGHTS), 2, (remainder) => remainder !== 10));
    check(mod(id.sum(weights(WEIGHTS)), 11));
  },
};
