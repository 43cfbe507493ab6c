import type { IdNumber } from '../id-number.ts';

/** Saudi Arabia: fifteen digits that begin and end with 3; there is no published check digit. */
export const saVat: IdNumber = {
  country: 'SA',
  name: 'VAT registration number',
  source: 'Zakat, Tax and Customs Authority',
  example: '310122393500003',
  build: (id) => {
    id.fixed('3').digits(10).fixed('0003');
  },
};
