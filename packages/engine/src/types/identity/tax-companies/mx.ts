import { mod } from '../../../plan/program.ts';
import type { IdNumber } from '../id-number.ts';

const CONSONANTS = [...'BCDFGHJLMNPRSTVZ'];
const HOMONYM = [...'123456789ABCDEFGHIJKLMNPQRSTUV'];
/** Characters by what they count. */
const ALPHABET = '0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ';
/** A blank before the three letters counts 37, times thirteen: a multiple of eleven but for 8. */
const weigh = (char: string, position: number): number =>
  ALPHABET.indexOf(char) * (12 - position) + (position === 0 ? 37 * 13 : 0);

/** Mexico: letters of the name, day of founding, two characters against doublets, check character by eleven. */
export const mxCompany: IdNumber = {
  country: 'MX',
  name: 'Registro Federal de Contribuyentes (RFC)',
  source: 'SAT, Anexo 1-A; Resolución Miscelánea Fiscal',
  example: 'GHT050912B17',
  build: (id) => {
    id.letters(3, CONSONANTS)
      .between(0, 24, 2)
      .between(1, 12, 2)
      .between(1, 28, 2)
      .letters(1, HOMONYM)
      .letters(1, HOMONYM);
    id.char(mod(id.sum(weigh), 11), [...'0A987654321']);
  },
};
