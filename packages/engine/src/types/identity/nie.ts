import { mod } from '../../plan/program.ts';
import { characterValue } from '../checks/weights.ts';
import type { IdNumber } from './id-number.ts';

const LETTERS = [...'TRWAGMYFPDXBNJZSQVHLCKE'];
/** X, Y and Z count as 0, 1 and 2 in front of the seven digits. */
const weigh = (char: string, position: number): number =>
  (position === 0 ? 'XYZ'.indexOf(char) : characterValue(char)) * 10 ** (7 - position);

/** Spain: the number of foreigners. */
export const nie: IdNumber = {
  country: 'ES',
  name: 'Número de identidad de extranjero (NIE)',
  source: 'Ministerio del Interior, Real Decreto 557/2011 art. 206',
  example: 'X2482300W',
  build: (id) => {
    id.letters(1, ['X', 'Y', 'Z']).digits(7);
    id.char(mod(id.sum(weigh), 23), LETTERS);
  },
};
