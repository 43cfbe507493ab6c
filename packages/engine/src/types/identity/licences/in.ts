import type { IdNumber } from '../id-number.ts';

const STATES = [
  'AP',
  'AS',
  'BR',
  'CG',
  'DL',
  'GA',
  'GJ',
  'HR',
  'JH',
  'KA',
  'KL',
  'MH',
  'MP',
  'OD',
  'PB',
  'RJ',
  'TN',
  'TS',
  'UK',
  'UP',
  'WB',
];
const YEARS = Array.from({ length: 40 }, (_, i) => String(1985 + i));

/** India: state and office, year of issue, seven digits. */
export const inLicence: IdNumber = {
  country: 'IN',
  name: 'Driving licence number',
  source: 'Ministry of Road Transport and Highways, Sarathi',
  example: 'MH14 20110062821',
  build: (id) => {
    id.oneOf(STATES).between(1, 50, 2).separator(' ').oneOf(YEARS).digits(7);
  },
};
