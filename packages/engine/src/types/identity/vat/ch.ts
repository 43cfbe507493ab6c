import { addChecked, steerFor } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

const WEIGHTS = [5, 4, 3, 2, 7, 6, 5, 4];
const CHECK = '0-987654321';

/** Switzerland: number of the firm (UID) with its check digit by eleven, MWST. */
export const chVat: IdNumber = {
  country: 'CH',
  name: 'Mehrwertsteuernummer (MWST-Nummer)',
  source: 'Bundesamt für Statistik, UID-Register',
  example: 'CHE-107.787.577 MWST',
  build: (id) => {
    id.literal('CHE').separator('-').between(100, 499, 3).separator('.').digits(3).separator('.').digits(1);
    steerFor(id, WEIGHTS, CHECK);
    addChecked(id, WEIGHTS, CHECK).separator(' ').literal('MWST');
  },
};
