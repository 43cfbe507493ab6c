import { addChecked, steerFor } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

const WEIGHTS = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2];
const CHECK = '0-987654321';

/** Argentina: 30 for firms, eight digits, check digit by eleven. */
export const arCompany: IdNumber = {
  country: 'AR',
  name: 'Clave Única de Identificación Tributaria (CUIT)',
  source: 'ARCA (AFIP)',
  example: '30-50001091-2',
  build: (id) => {
    id.fixed('30').separator('-').between(50, 71, 2).digits(5);
    steerFor(id, WEIGHTS, CHECK);
    id.separator('-');
    addChecked(id, WEIGHTS, CHECK);
  },
};
