import { add, constant, mod, mul, sub } from '../../../plan/program.ts';
import { characterValue } from '../../checks/weights.ts';
import { birthOf, maleOf } from '../birth.ts';
import type { IdNumber } from '../id-number.ts';

const CONSONANTS = [...'BCDFGLMNPRSTVZ'];
const MONTHS = [...'ABCDEHLMPRST'];
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
/** Codes of the land register (codici Belfiore) of the largest cities. */
const PLACES = [
  'A662',
  'A944',
  'B354',
  'C351',
  'D612',
  'D969',
  'F205',
  'F839',
  'F158',
  'G273',
  'G224',
  'H501',
  'L219',
  'L424',
  'L736',
  'L781',
];

/** What characters in the first, third, fifth … place count; in the other places digits and letters count from 0. */
const ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
const weigh = (char: string, position: number): number => {
  const value = characterValue(char);
  const rank = value > 9 ? value - 10 : value;
  return position % 2 === 0 ? (ODD[rank] ?? 0) : rank;
};

/** Italy: consonants of the names, month and day of birth, place of birth, check letter by 26. */
export const it: IdNumber = {
  country: 'IT',
  name: 'Codice fiscale',
  source: 'Agenzia delle Entrate, DM 23 dicembre 1976',
  example: 'RSSMRA85T10A562S',
  note: 'The letters of the names are drawn by themselves: they do not agree with the names of the row.',
  build: (id, context) => {
    const { yy, mm, dd } = birthOf(id, context);
    id.letters(6, CONSONANTS).number(yy, 2).char(sub(mm, 1), MONTHS);
    // Women have forty added to the day.
    id.number(add(dd, mul(sub(constant(1), maleOf(id, context)), 40)), 2).oneOf(PLACES);
    id.char(mod(id.sum(weigh), 26), LETTERS);
  },
};
