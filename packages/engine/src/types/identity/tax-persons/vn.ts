import { addChecked, steerFor } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

const WEIGHTS = [31, 29, 23, 19, 17, 13, 7, 5, 3];
const CHECK = '-9876543210';

/** Vietnam: nine digits and a check digit by eleven. */
export const vnTaxpayer: IdNumber = {
  country: 'VN',
  name: 'Mã số thuế (MST)',
  source: 'Tổng cục Thuế, Thông tư 105/2020/TT-BTC',
  example: '8745337564',
  note: 'Numbers given until June 2025; since then the personal id number serves for taxes.',
  build: (id) => {
    id.fixed('8').digits(7);
    steerFor(id, WEIGHTS, CHECK);
    addChecked(id, WEIGHTS, CHECK);
  },
};
