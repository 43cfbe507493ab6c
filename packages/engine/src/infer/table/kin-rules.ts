import type { Reading } from '../parse-name/reading.ts';
import { type Guess, guessKind } from '../rules/guess.ts';
import { has, of } from './beside.ts';
import type { TableContext } from './table-context.ts';

/** Whose number is dialled from or to. */
const ENDS_OF_CALLS = new Set('from to caller callee called calling dialed dialled destination source'.split(' '));
/** What is measured of a ship, and what it carries. */
const SHIP = new Set(['draft', 'draught', 'cog', 'sog', 'cargo', 'course']);
const OF_WORKS = [
  'film',
  'movie',
  'book',
  'author',
  'director',
  'title',
  'isbn',
  'publisher',
  'album',
  'artist',
  'actor',
];

/** What a word means in a table of vehicles, ships, works, calls, persons or accounts, by the columns beside it. */
export function kinGuesses({ name, wordsText, spoken, raw, language }: Reading, context: TableContext): Guess[] {
  const guesses: Guess[] = [];
  const last = spoken.at(-1) ?? '';
  const whole = wordsText;
  const near = (...names: readonly string[]): boolean => names.some((each) => context.near.has(each));
  const isThere = (word: string): boolean => context.written.has(word);
  if (raw.length === 1 && (raw[0] === 'genre' || raw[0] === 'genero' || raw[0] === 'genere') && near(...OF_WORKS))
    guesses.push(guessKind('term', 0.95, 'the genre of a work'));
  if (
    last === 'energy' &&
    raw.length === 1 &&
    language === 'fr' &&
    (context.entityClass === 'vehicle' || near('mileage', 'plate'))
  )
    guesses.push(of('fuel_type', 0.95, 'what a vehicle runs on', 'fuel'));
  if (
    (raw[0] === 'departamento' || raw[0] === 'departement') &&
    raw.length === 1 &&
    has(context, 'city', 'municipality', 'region')
  )
    guesses.push(of('state', 0.96, 'beside a city', 'state or region'));
  if (last === 'license plate' || ((raw[0] === 'matricula' || raw[0] === 'matricule') && raw.length === 1)) {
    if (context.entityClass === 'person' || has(context, 'first name', 'last name', 'birth date', 'class'))
      guesses.push(guessKind('code', 0.96, 'beside facts of a person'));
  }
  if (raw.length === 1 && SHIP.has(last) && near('mmsi', 'imo', 'vessel', 'berth', 'draught'))
    guesses.push(guessKind(last === 'cargo' ? 'term' : 'measure', 0.95, 'beside a ship'));
  if (
    whole === 'description' &&
    raw.length === 1 &&
    near('balance', 'debit', 'iban', 'valuta') &&
    near('date', 'value', 'amount')
  )
    guesses.push(of('transaction_description', 0.94, 'beside a balance', 'what was paid for'));
  if (raw.length === 1 && raw[0] === 'cambio' && (context.entityClass === 'vehicle' || near('plate', 'vin', 'fuel')))
    guesses.push(of('transmission', 0.95, 'of a vehicle', 'transmission'));
  if (
    last === 'number' &&
    spoken.length === 2 &&
    ENDS_OF_CALLS.has(spoken[0] as string) &&
    near('call', 'sms', 'voicemail')
  )
    guesses.push(of('phone', 0.95, 'an end of a call', 'phone number'));
  if (spoken.length > 1 && (last === 'first' || last === 'last')) {
    const other = last === 'first' ? 'last' : 'first';
    if (isThere([...raw.slice(0, -1), other].join(' ')))
      guesses.push(of(`${last}_name`, 0.94, `beside the ${other} name of the same`, `${last} name`));
  }
  if (
    last === 'time' &&
    spoken.length === 2 &&
    name.includes(' ') &&
    context.heads.has('date') &&
    !has(context, 'date time')
  )
    guesses.push(of('time', 0.91, 'beside a date', 'time of day'));
  return guesses;
}
