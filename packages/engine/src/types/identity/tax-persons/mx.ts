import { mod } from '../../../plan/program.ts';
import { birthOf } from '../birth.ts';
import type { IdNumber } from '../id-number.ts';

/** Two consonants at the end of the first four letters keep clear of all words that the SAT replaces. */
const CONSONANTS = [...'BCDFGHJLMNPRSTVZ'];
const VOWELS = [...'AEIOU'];
const HOMONYM = [...'123456789ABCDEFGHIJKLMNPQRSTUV'];
/** Characters by what they count. */
const ALPHABET = '0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ';
const weigh = (char: string, position: number): number => ALPHABET.indexOf(char) * (13 - position);

/** Mexico: letters of the names, day of birth, two characters against doublets, check character by eleven. */
export const mxTaxpayer: IdNumber = {
  country: 'MX',
  name: 'Registro Federal de Contribuyentes (RFC)',
  source: 'SAT, Anexo 1-A; Resolución Miscelánea Fiscal',
  example: 'GODE561231GR8',
  note: 'The letters of the names are drawn by themselves: they do not agree with the names of the row.',
  build: (id, context) => {
    const { yy, mm, dd } = birthOf(id, context);
    id.letters(1, CONSONANTS).letters(1, VOWELS).letters(2, CONSONANTS);
    id.number(yy, 2).number(mm, 2).number(dd, 2).letters(1, HOMONYM).letters(1, HOMONYM);
    id.char(mod(id.sum(weigh), 11), [...'0A987654321']);
  },
};
