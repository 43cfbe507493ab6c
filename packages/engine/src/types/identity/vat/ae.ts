import type { IdNumber } from '../id-number.ts';

/** United Arab Emirates: fifteen digits that begin with 100; there is no published check digit. */
export const aeVat: IdNumber = {
  country: 'AE',
  name: 'Tax Registration Number (TRN)',
  source: 'Federal Tax Authority',
  example: '100123456700003',
  build: (id) => {
    id.fixed('100').digits(8).fixed('0003');
  },
};
