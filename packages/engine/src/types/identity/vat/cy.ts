import { mod } from '../../../plan/program.ts';
import { characterValue } from '../../checks/weights.ts';
import type { IdNumber } from '../id-number.ts';

/** What digits in the first, third, fifth and seventh place count; those in the others count as they are. */
const ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];
const weigh = (char: string, position: number): number =>
  position % 2 === 0 ? (ODD[characterValue(char)] ?? 0) : characterValue(char);

/** Cyprus: eight digits and a check letter by 26. */
export const cyVat: IdNumber = {
  country: 'CY',
  name: 'Αριθμός Εγγραφής ΦΠΑ',
  source: 'European Commission, VIES',
  example: 'CY10259033P',
  build: (id) => {
    id.literal('CY').fixed('10').digits(6);
    id.char(mod(id.sum(weigh), 26), [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']);
  },
};
