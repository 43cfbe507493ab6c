import { addChecked } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

const CHECK = '00987654321';

/** Brazil: eight digits, 0001 for the head office, two check digits by eleven. */
export const brCompany: IdNumber = {
  country: 'BR',
  name: 'Cadastro Nacional da Pessoa Jurídica (CNPJ)',
  source: 'Receita Federal do Brasil, IN RFB 2119/2022',
  example: '16.727.230/0001-97',
  note: 'Digits only; letters are given from July 2026 on.',
  build: (id) => {
    id.between(1, 99, 2).separator('.').digits(3).separator('.').digits(3).separator('/').fixed('0001').separator('-');
    addChecked(id, [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2], CHECK);
    addChecked(id, [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2], CHECK);
  },
};
