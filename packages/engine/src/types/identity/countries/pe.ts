import { addChecked } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

/** Peru: eight digits and a check digit by eleven. */
export const pe: IdNumber = {
  country: 'PE',
  name: 'Documento Nacional de Identidad (DNI)',
  source: 'RENIEC; código único de identificación',
  example: '10117410-2',
  build: (id) => {
    id.between(10, 79, 2).digits(6).separator('-');
    addChecked(id, [3, 2, 7, 6, 5, 4, 3, 2], '65432110987');
  },
};
