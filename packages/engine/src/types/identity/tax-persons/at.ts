import { addLuhn } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

/** Numbers of tax offices. */
const OFFICES = [
  '03',
  '04',
  '06',
  '07',
  '08',
  '09',
  '12',
  '15',
  '16',
  '18',
  '22',
  '23',
  '29',
  '33',
  '38',
  '41',
  '46',
  '51',
  '52',
  '53',
  '54',
  '57',
  '59',
  '61',
  '65',
  '67',
  '68',
  '69',
  '71',
  '72',
  '81',
  '82',
  '83',
  '84',
  '90',
  '91',
  '93',
  '97',
  '98',
];

/** Austria: tax office, six digits, Luhn's check digit. */
export const atTaxpayer: IdNumber = {
  country: 'AT',
  name: 'Abgabenkontonummer / Steuernummer',
  source: 'Bundesministerium für Finanzen',
  example: '59-119/9013',
  build: (id) => {
    id.oneOf(OFFICES).separator('-').digits(3).separator('/').digits(3);
    addLuhn(id);
  },
};
