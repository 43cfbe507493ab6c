import { addChecked } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

/** Switzerland: the country's number 756, nine digits, the check digit of EAN-13. */
export const ch: IdNumber = {
  country: 'CH',
  name: 'AHV-Nummer / Numéro AVS (NAVS13)',
  source: 'Zentrale Ausgleichsstelle (ZAS); AHVV Art. 133',
  example: '756.9217.0769.85',
  build: (id) => {
    id.fixed('756').separator('.').digits(4).separator('.').digits(4).separator('.').digits(1);
    addChecked(id, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3], '0987654321');
  },
};
