import { addChecked, steerFor } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

const WEIGHTS = [1, 4, 3, 7, 5, 8, 6, 9];
/** The last digit weighs ten, that is minus one. */
const CHECK = '0123456789-';

/** Australia: there is no national id; the tax file number has nine digits, whose weighted sum is a multiple of eleven. */
export const au: IdNumber = {
  country: 'AU',
  name: 'Tax File Number (TFN)',
  source: 'Australian Taxation Office',
  example: '123 456 782',
  build: (id) => {
    id.between(1, 9, 1).digits(2).separator(' ').digits(3).separator(' ').digits(1);
    steerFor(id, WEIGHTS, CHECK);
    addChecked(id, WEIGHTS, CHECK);
  },
};
