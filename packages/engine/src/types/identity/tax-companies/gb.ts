import { lookup, mod } from '../../../plan/program.ts';
import { weights } from '../../checks/weights.ts';
import type { IdNumber } from '../id-number.ts';

const CHECK = [2, 1, 9, 8, 7, 6, 5, 4, 3, 2, 1];

/** United Kingdom: check digit by eleven, nine digits. */
export const gbCompany: IdNumber = {
  country: 'GB',
  name: 'Unique Taxpayer Reference (UTR)',
  source: 'HM Revenue & Customs',
  example: '1955839661',
  build: (id) => {
    const check = id.later(1);
    id.digits(9);
    check(lookup(CHECK, mod(id.sum(weights([0, 6, 7, 8, 9, 10, 5, 4, 3, 2])), 11)));
  },
};
