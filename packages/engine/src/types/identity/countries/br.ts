import { add, mod } from '../../../plan/program.ts';
import { addChecked } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

const CHECK = '00987654321';

/** Brazil: nine digits and two check digits by eleven. */
export const br: IdNumber = {
  country: 'BR',
  name: 'Cadastro de Pessoas Físicas (CPF)',
  source: 'Receita Federal do Brasil, IN RFB 2172/2024',
  example: '390.533.447-05',
  build: (id, context) => {
    const first = id.bind('first', context.choose(10));
    id.number(first, 1);
    // Numbers of one digit throughout are refused everywhere: the second digit differs from the first.
    id.number(mod(add(add(first, 1), context.choose(9)), 10), 1)
      .digits(1)
      .separator('.');
    id.digits(3).separator('.').digits(3).separator('-');
    addChecked(id, [10, 9, 8, 7, 6, 5, 4, 3, 2], CHECK);
    addChecked(id, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2], CHECK);
  },
};
