import { addChecked, steerFor } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

const WEIGHTS = [10, 1, 10, 1, 10, 1, 10, 1, 10];
const CHECK = '0-987654321';

/** Slovakia: ten digits, a multiple of eleven. */
export const skVat: IdNumber = {
  country: 'SK',
  name: 'Identifikačné číslo pre DPH (IČ DPH)',
  source: 'European Commission, VIES',
  example: 'SK2022749619',
  build: (id) => {
    id.literal('SK')
      .fixed('20')
      .oneOf([...'234789'])
      .digits(5);
    steerFor(id, WEIGHTS, CHECK);
    addChecked(id, WEIGHTS, CHECK);
  },
};
