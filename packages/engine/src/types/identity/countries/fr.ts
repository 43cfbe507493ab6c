import { constant, mod, sub } from '../../../plan/program.ts';
import { powersOfTen } from '../../checks/weights.ts';
import { birthMonthOf, maleOf } from '../birth.ts';
import type { IdNumber } from '../id-number.ts';

/** Departments of the mainland; 2A and 2B have no number of their own in the checksum. */
const DEPARTMENTS = Array.from({ length: 95 }, (_, i) => String(i + 1).padStart(2, '0')).filter(
  (code) => code !== '20',
);

/** France: sex, month of birth, department and commune, order, 97 less the remainder by 97. */
export const fr: IdNumber = {
  country: 'FR',
  name: 'Numéro d’inscription au répertoire (NIR)',
  source: 'INSEE, décret 82-103; 97 less the remainder by 97',
  example: '2 95 10 99 126 111 93',
  note: 'Without Corsica (2A, 2B), overseas departments and persons born abroad.',
  build: (id, context) => {
    const { yy, mm } = birthMonthOf(id, context);
    id.number(sub(constant(2), maleOf(id, context)), 1).separator(' ');
    id.number(yy, 2).separator(' ').number(mm, 2).separator(' ');
    id.oneOf(DEPARTMENTS).separator(' ').between(1, 909, 3).separator(' ').between(1, 999, 3).separator(' ');
    const rest = id.bind('rest', sub(constant(97), mod(id.sum(powersOfTen(12, 97)), 97)));
    id.number(rest, 2);
  },
};
