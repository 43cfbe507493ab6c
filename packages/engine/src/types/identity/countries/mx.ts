import { add, mul } from '../../../plan/program.ts';
import { complement } from '../../checks/check-digits.ts';
import { birthOf, maleOf } from '../birth.ts';
import type { IdNumber } from '../id-number.ts';

/** Two consonants at the end of the first four letters keep clear of all words that RENAPO replaces. */
const CONSONANTS = [...'BCDFGHJLMNPRSTVZ'];
const VOWELS = [...'AEIOU'];
const STATES = [
  'AS',
  'BC',
  'BS',
  'CC',
  'CH',
  'CL',
  'CM',
  'CS',
  'DF',
  'DG',
  'GR',
  'GT',
  'HG',
  'JC',
  'MC',
  'MN',
  'MS',
  'NE',
  'NL',
  'NT',
  'OC',
  'PL',
  'QR',
  'QT',
  'SL',
  'SP',
  'SR',
  'TC',
  'TL',
  'TS',
  'VZ',
  'YN',
  'ZS',
];
/** Characters by what they count; & stands in the place of Ñ. */
const ALPHABET = '0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ';

/** Mexico: letters of the names, day of birth, sex, state, consonants, a character against doublets, check digit by ten. */
export const mx: IdNumber = {
  country: 'MX',
  name: 'Clave Única de Registro de Población (CURP)',
  source: 'RENAPO, Instructivo normativo para la asignación de la CURP (2021)',
  example: 'BOXW310820HNERXN09',
  note: 'The letters of the names are drawn by themselves: they do not agree with the names of the row.',
  build: (id, context) => {
    const { yy, mm, dd, after1999 } = birthOf(id, context);
    id.letters(1, CONSONANTS).letters(1, VOWELS).letters(2, CONSONANTS);
    id.number(yy, 2).number(mm, 2).number(dd, 2).char(maleOf(id, context), ['M', 'H']);
    id.oneOf(STATES).letters(3, CONSONANTS);
    // A digit for those born in the twentieth century, a letter since.
    id.char(add(context.choose(10), mul(after1999, 10)), [...'0123456789ABCDEFGHIJ']);
    id.number(
      complement(
        id.sum((char, position) => ALPHABET.indexOf(char) * (18 - position)),
        10,
      ),
      1,
    );
  },
};
