import type { Reading } from '../parse-name/reading.ts';
import type { TableContext } from '../table/table-context.ts';
import { type Concept, concepts } from './concepts.ts';
import { type Guess, kind } from './guess.ts';
import { type Found, PhraseIndex, type Place } from './phrase-index.ts';

let index: PhraseIndex<Concept> | undefined;

const SURE = 0.9;
/** How much of its confidence a phrase keeps, by where it stands. */
const KEPT: Readonly<Record<Place, number>> = { whole: 1, end: 0.96, start: 0.8, middle: 0.72 };
const PER_WORD = 0.015;
const NEAR = 0.04;

/** Types of which a plural is a number of them rather than one: `students`. */
const ONE_OF_MANY = new Set([
  'full_name',
  'company',
  'product_name',
  'headline',
  'vehicle',
  'animal',
  'team_name',
  'city',
  'state',
  'country',
  'medication',
  'price',
  '@code',
  '@id',
  '@date',
  '@datetime',
  'date',
  'datetime',
]);
/** Plurals of these are still values of a day: `opening_times`. */
const DAYS = /(date|time)$/;

/** What the phrases of a name mean, by the data. */
export function conceptGuesses(reading: Reading, context: TableContext): Guess[] {
  index ??= new PhraseIndex(concepts);
  const guesses: Guess[] = [];
  const isDay = isForeignDay(reading);
  const add = (found: Found<Concept>): void => {
    for (const concept of found.entries) {
      if (!fits(concept, found.place, context)) continue;
      const guess = guessOf(concept, found, context, isDay);
      if (isOwner(concept, found, reading)) guesses.push({ ...guess, confidence: OWNED }, OF_OWNER);
      else guesses.push(guess);
    }
  };
  const { words, spoken, raw } = reading;
  if (reading.spokenText !== reading.wordsText)
    for (const found of index.ending(spoken)) if (found.place === 'whole') add(found);
  if (!reading.foreign && reading.rawText !== reading.spokenText)
    for (const found of index.ending(raw)) if (found.place === 'whole' || found.length > 1) add(found);
  if (reading.number !== undefined) for (const found of index.ending(spoken)) if (found.length > 1) add(found);
  for (const found of index.find(words, (concept, place) => fits(concept, place, context))) add(found);
  return guesses;
}

/** Types that unknown words behind do not change: `unit_price_raw`, `phone_other`. All others are of what has properties. */
const KEPT_IN_FRONT = new Set(
  'email phone url password hash token regex number float percentage currency price date datetime birthdate time order_number invoice_number note paragraph sentence latitude longitude uuid ipv4 mac_address boolean year duration iban postcode username user_agent semver language country_code currency_code'.split(
    ' ',
  ),
);
/** Of these, what is not called a date only begins one: `opening_name`. */
const OF_TIME = new Set(['date', 'datetime', 'time']);
const typeOf = ({ type }: Concept): string => (type.startsWith('@') ? kind(type.slice(1)).type : type);
const OWNED = 0.3;
const OF_OWNER: Guess = {
  ...kind('term'),
  kind: 'term',
  confidence: 0.36,
  reason: 'something of what the front of the name says',
  source: 'fallback',
};

/** Whether a phrase in front of unknown words only says whose they are, as it does in English. */
const isOwner = (entry: Concept, { place, phrase }: Found<Concept>, { foreign, words, language }: Reading): boolean =>
  (place === 'start' || place === 'middle') &&
  !(KEPT_IN_FRONT.has(typeOf(entry)) && (!OF_TIME.has(typeOf(entry)) || phrase.includes('date'))) &&
  !(foreign && language !== undefined) &&
  words.length > 1;

/** The types of a word that is a name by itself. */
export function typesOfWord(word: string): string[] {
  index ??= new PhraseIndex(concepts);
  return index.ofWord(word).map(({ type }) => type);
}

function fits({ whole, near }: Concept, place: Place, { near: around }: TableContext): boolean {
  if (whole === true && place !== 'whole') return false;
  return near === undefined || near.some((word) => around.has(word));
}

/** What of a row is done at a moment, whatever the column is called. */
const MOMENTS = new Set('created creation modified updated changed time login registration'.split(' '));

/** Only in English are moments called dates. */
const isForeignDay = ({ foreign, words }: Reading): boolean =>
  foreign && words.at(-1) === 'date' && !words.some((word) => MOMENTS.has(word));

function guessOf(
  entry: Concept,
  { phrase, length, place, plural }: Found<Concept>,
  context: TableContext,
  isDay: boolean,
): Guess {
  if (plural && ONE_OF_MANY.has(entry.type) && !DAYS.test(phrase.replace(/s$/, ''))) {
    return { ...kind('count'), confidence: 0.62 * KEPT[place], reason: `"${phrase}" is a plural`, source: 'rule' };
  }
  const made =
    isDay && entry.type.endsWith('datetime')
      ? kind('date')
      : entry.type.startsWith('@')
        ? kind(entry.type.slice(1))
        : { type: entry.type, options: entry.options ?? {}, description: entry.names[0] ?? phrase };
  const near = entry.near?.some((word) => context.near.has(word)) ? NEAR : 0;
  const confidence = (entry.confidence ?? SURE) * KEPT[place] + PER_WORD * (length - 1) + near;
  return {
    type: made.type,
    options: made.options,
    description: entry.description ?? made.description,
    confidence: Math.min(0.99, confidence),
    reason: place === 'whole' ? `the name is "${phrase}"` : `"${phrase}" ${WHERE[place]} the name`,
    source: 'lexicon',
    ...(place === 'whole' || place === 'end' ? { words: length } : {}),
    ...(entry.type.startsWith('@') ? { kind: entry.type.slice(1) } : {}),
    ...(entry.nulls === undefined ? {} : { nulls: entry.nulls }),
  };
}

const WHERE: Readonly<Record<Place, string>> = { whole: 'is', end: 'ends', start: 'begins', middle: 'stands inside' };
