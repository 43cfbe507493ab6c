import type { IdNumber } from '../id-number.ts';

/** Argentina: a running number of eight digits without check digit. */
export const ar: IdNumber = {
  country: 'AR',
  name: 'Documento Nacional de Identidad (DNI)',
  source: 'Registro Nacional de las Personas (RENAPER)',
  example: '27.543.210',
  build: (id) => {
    id.between(10, 59, 2).separator('.').digits(3).separator('.').digits(3);
  },
};
