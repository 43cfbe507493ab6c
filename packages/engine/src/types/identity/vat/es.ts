import { complement } from '../../checks/check-digits.ts';
import { luhn } from '../../checks/weights.ts';
import type { IdNumber } from '../id-number.ts';

/** Spain: A for companies limited by shares, B for private ones, province, serial number, Luhn's check digit. */
export const esVat: IdNumber = {
  country: 'ES',
  name: 'Número de identificación fiscal (NIF-IVA)',
  source: 'European Commission, VIES; Orden EHA/451/2008',
  example: 'ESB58378431',
  build: (id) => {
    id.literal('ES')
      .letters(1, [...'AB'])
      .between(1, 52, 2)
      .digits(5);
    const sum = id.sum((char, position) => (position === 0 ? 0 : luhn(8)(char, position)));
    id.number(complement(sum, 10), 1);
  },
};
