import { addChecked, steerFor } from '../../checks/check-digits.ts';
import type { IdNumber } from '../id-number.ts';

const WEIGHTS = [3, 2, 7, 6, 5, 4, 3, 2];
const CHECK = '0-987654321';

/** Norway: number of the organisation with its check digit by eleven, MVA. */
export const noVat: IdNumber = {
  country: 'NO',
  name: 'Merverdiavgiftsnummer (MVA)',
  source: 'Brønnøysundregistrene, organisasjonsnummer',
  example: '995525828MVA',
  build: (id) => {
    id.oneOf([...'89']).digits(6);
    steerFor(id, WEIGHTS, CHECK);
    addChecked(id, WEIGHTS, CHECK).literal('MVA');
  },
};
