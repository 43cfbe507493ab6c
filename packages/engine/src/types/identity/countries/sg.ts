import { add, lookup, mod, mul } from '../../../plan/program.ts';
import { weights } from '../../checks/weights.ts';
import { birthYearOf } from '../birth.ts';
import type { IdNumber } from '../id-number.ts';

/** Since 1968 the first two digits are those of the year of birth … */
const FIRST = 1968;
/** … and numbers of those born before begin with 0 or 1, whatever the year. */
const TWO_DIGITS = Array.from({ length: 67 }, (_, years) => (years < 28 ? years % 20 : (years + 40) % 100));

/** Singapore: letter of the century, year of birth, serial number, check letter by eleven. */
export const sg: IdNumber = {
  country: 'SG',
  name: 'National Registration Identity Card number (NRIC)',
  source: 'Immigration & Checkpoints Authority',
  example: 'T0574533G',
  note: 'Those of citizens and permanent residents (S and T), not of foreigners (F, G and M).',
  build: (id, context) => {
    const { years, after1999 } = birthYearOf(id, context, FIRST);
    id.char(after1999, ['S', 'T']).number(lookup(TWO_DIGITS, years), 2).digits(5);
    const sum = add(id.sum(weights([0, 2, 7, 6, 5, 4, 3, 2])), mul(after1999, 4));
    id.char(mod(sum, 11), [...'JZIHGFEDCBA']);
  },
};
