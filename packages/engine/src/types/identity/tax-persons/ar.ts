import { addChecked, steerFor } from '../../checks/check-digits.ts';
import { maleOf } from '../birth.ts';
import type { IdNumber } from '../id-number.ts';

const WEIGHTS = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2];
const CHECK = '0-987654321';

/** Argentina: 20 for men, 27 for women, DNI, check digit by eleven. */
export const arTaxpayer: IdNumber = {
  country: 'AR',
  name: 'Código Único de Identificación Laboral (CUIL)',
  source: 'ANSES; AFIP',
  example: '20-26756539-3',
  build: (id, context) => {
    id.char(maleOf(id, context), ['27', '20']).separator('-').between(10, 59, 2).digits(5);
    steerFor(id, WEIGHTS, CHECK);
    id.separator('-');
    addChecked(id, WEIGHTS, CHECK);
  },
};
