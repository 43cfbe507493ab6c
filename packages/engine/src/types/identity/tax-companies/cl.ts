import { addChecked } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

/** Chile: eight digits from 76 million upwards and the check character by eleven, K for ten. */
export const clCompany: IdNumber = {
  country: 'CL',
  name: 'Rol Único Tributario (RUT)',
  source: 'Servicio de Impuestos Internos',
  example: '76.086.428-5',
  build: (id) => {
    id.between(76, 78, 2).separator('.').digits(3).separator('.').digits(3).separator('-');
    addChecked(id, [3, 2, 7, 6, 5, 4, 3, 2], '0K987654321');
  },
};
