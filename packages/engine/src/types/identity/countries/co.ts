import type { IdNumber } from '../id-number.ts';

/** Colombia: ten digits from 1.000.000.000 upwards, which are given since 2003; there is no check digit. */
export const co: IdNumber = {
  country: 'CO',
  name: 'Cédula de ciudadanía, Número Único de Identificación Personal (NUIP)',
  source: 'Registraduría Nacional del Estado Civil',
  example: '1.032.456.789',
  build: (id) => {
    id.fixed('1').separator('.').between(0, 199, 3).separator('.').digits(3).separator('.').digits(3);
  },
};
