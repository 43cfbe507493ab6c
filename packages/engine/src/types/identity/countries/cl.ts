import { addChecked } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

/** Chile: a running number and the check character by eleven, K for ten. */
export const cl: IdNumber = {
  country: 'CL',
  name: 'Rol Único Nacional (RUN), Rol Único Tributario (RUT)',
  source: 'Servicio de Registro Civil e Identificación',
  example: '12.531.909-2',
  build: (id) => {
    id.between(10, 27, 2).separator('.').digits(3).separator('.').digits(3).separator('-');
    addChecked(id, [3, 2, 7, 6, 5, 4, 3, 2], '0K987654321');
  },
};
