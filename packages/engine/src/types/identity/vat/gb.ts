import { constant, mod, sub } from '../../../plan/program.ts';
import { weights } from '../../checks/weights.ts';
import type { IdNumber } from '../id-number.ts';

/** United Kingdom: seven digits and 97 less their weighted remainder by 97. */
export const gbVat: IdNumber = {
  country: 'GB',
  name: 'VAT registration number',
  source: 'HM Revenue & Customs',
  example: 'GB980780684',
  build: (id) => {
    id.literal('GB').between(1, 9, 1).digits(6);
    id.number(sub(constant(97), mod(id.sum(weights([8, 7, 6, 5, 4, 3, 2])), 97)), 2);
  },
};
