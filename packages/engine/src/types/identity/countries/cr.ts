import type { IdNumber } from '../id-number.ts';

/** Costa Rica: province, volume and entry of the birth register; there is no check digit. */
export const cr: IdNumber = {
  country: 'CR',
  name: 'Cédula de identidad',
  source: 'Tribunal Supremo de Elecciones',
  example: '1-0913-0259',
  build: (id) => {
    id.between(1, 7, 1).separator('-').digits(4).separator('-').digits(4);
  },
};
