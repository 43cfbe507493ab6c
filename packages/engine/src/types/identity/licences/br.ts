import { mod } from '../../../plan/program.ts';
import { addChecked } from '../../checks/check-digits.ts';
import { weights } from '../../checks/weights.ts';
import type { IdNumber } from '../id-number.ts';

const FIRST = [9, 8, 7, 6, 5, 4, 3, 2, 1];
const SECOND = [1, 2, 3, 4, 5, 6, 7, 8, 9];

/** Brazil: nine digits and two check digits by eleven; the first is never ten. */
export const brLicence: IdNumber = {
  country: 'BR',
  name: 'Número de registro da CNH',
  source: 'Senatran, Resolução CONTRAN 192/2006',
  example: '62472927637',
  build: (id) => {
    id.digits(8).steer(11, weights(FIRST), (remainder) => remainder !== 10);
    id.number(mod(id.sum(weights(FIRST)), 11), 1);
    addChecked(id, SECOND, '01234567890');
  },
};
