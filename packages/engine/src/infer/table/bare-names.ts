import type { Reading } from '../parse-name/reading.ts';
import { type Guess, guessKind } from '../rules/guess.ts';
import { nameOf, numberOf, timeOf, titleOf } from './bare-words.ts';
import { has, isAbout, of } from './beside.ts';
import { entityClassOf } from './entity-class.ts';
import type { TableContext } from './table-context.ts';

type Rule = (context: TableContext, isForeign: boolean) => Guess[];

const PLACE = [
  'municipality',
  'district',
  'neighborhood',
  'suburb',
  'region',
  'postal',
  'birth place',
  'house number',
  'address 2',
  'address complement',
  'city',
  'postcode',
  'zip',
  'zip code',
  'postal code',
  'country',
  'street',
  'address',
  'address 1',
  'zipcode',
  'latitude',
  'county',
  'town',
  'country code',
  'address line 1',
  'street address',
];
/** Parts of an address, of whomever. */
const PLACE_HEADS = ['city', 'postcode', 'zip', 'street', 'country', 'town', 'municipality'];

/** What a name that means little alone is, by the table it stands in. */
const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['name', nameOf],
  ['names', nameOf],
  ['title', titleOf],
  [
    'state',
    (context) =>
      has(context, ...PLACE) || PLACE_HEADS.some((head) => context.heads.has(head))
        ? [of('state', 0.98, 'beside parts of an address', 'state or region')]
        : [],
  ],
  ['number', numberOf],
  ['no', numberOf],
  [
    'id',
    (context) =>
      context.columns.size > 0 ? [{ ...guessKind('key', 0.95, 'the key of the table'), source: 'table' }] : [],
  ],
  ['time', timeOf],
  ['value', () => [guessKind('measure', 0.6, 'a value of which is not known what')]],
  ['phone', () => [of('phone', 0.97, 'the name says it', 'phone number')]],
  [
    'model',
    (context) =>
      has(context, 'make', 'vin', 'plate', 'mileage', 'license plate') || context.entityClass === 'vehicle'
        ? [of('vehicle_model', 0.93, 'in a table of vehicles', 'model of a vehicle')]
        : [],
  ],
  [
    'make',
    (context) =>
      context.entityClass === 'vehicle' || has(context, 'model')
        ? [of('vehicle_make', 0.93, 'in a table of vehicles', 'make of a vehicle')]
        : [],
  ],
  [
    'location',
    (context) =>
      has(context, 'latitude', 'lat', 'longitude') ? [of('full_address', 0.7, 'beside coordinates', 'address')] : [],
  ],
  [
    'last',
    (context) =>
      has(context, 'first', 'maiden', 'middle') ? [of('last_name', 0.95, 'beside a first name', 'last name')] : [],
  ],
  [
    'first',
    (context) =>
      has(context, 'last', 'maiden', 'middle') ? [of('first_name', 0.95, 'beside a last name', 'first name')] : [],
  ],
  [
    'middle',
    (context) => (has(context, 'last', 'first') ? [of('middle_name', 0.95, 'beside a last name', 'middle name')] : []),
  ],
  ['maiden', () => [of('last_name', 0.93, 'the name before a marriage', 'maiden name')]],
  ['summary', () => []],
  [
    'genre',
    (context) =>
      context.near.has('author') || context.near.has('isbn') || context.near.has('book')
        ? [of('book_genre', 0.92, 'in a table of books', 'genre')]
        : isAbout(context, 'song', 'music', 'album', 'track', 'artist')
          ? [of('music_genre', 0.92, 'in a table of music', 'genre')]
          : [],
  ],
]);

/** Guesses for names of one word that only the table makes plain. */
export function bareNameGuesses({ words, foreign }: Reading, context: TableContext): Guess[] {
  const last = words.at(-1) as string;
  if (
    words.length === 2 &&
    last === 'state' &&
    words[0] !== 'id' &&
    words[0] !== 'fk' &&
    entityClassOf(words[0] as string) === undefined
  )
    return RULES.get(last)?.(context, foreign) ?? [];
  if (words.length !== 1) return [];
  return RULES.get(last)?.(context, foreign) ?? [];
}
