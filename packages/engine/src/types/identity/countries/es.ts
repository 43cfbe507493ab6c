import { mod } from '../../../plan/program.ts';
import { powersOfTen } from '../../checks/weights.ts';
import type { IdNumber } from '../id-number.ts';

const LETTERS = [...'TRWAGMYFPDXBNJZSQVHLCKE'];

/** Spain: eight digits and the letter of their remainder by 23 (Orden INT/2058/2008; Real Decreto 1553/2005). */
export const es: IdNumber = {
  country: 'ES',
  name: 'Documento Nacional de Identidad (DNI)',
  source: 'Ministerio del Interior, Real Decreto 1553/2005',
  example: '54362315K',
  rules: { pattern: '[0-9]{8}[A-HJ-NP-TV-Z]', checksum: { name: 'dni', at: 7 } },
  build: (id) => {
    id.digits(8).char(mod(id.sum(powersOfTen(7, 23)), 23), LETTERS);
  },
};
