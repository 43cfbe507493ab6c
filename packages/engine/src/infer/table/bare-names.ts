import type { Reading } from '../parse-name/reading.ts';
import { type Guess, guessKind, kind } from '../rules/guess.ts';
import { named } from '../rules/name-rules.ts';
import { entityClassOf } from './entity-class.ts';
import type { TableContext } from './table-context.ts';

type Rule = (context: TableContext) => Guess[];

const of = (type: string, confidence: number, reason: string, description: string): Guess => ({
  ...kind('label'),
  type,
  options: {},
  confidence,
  reason,
  description,
  source: 'table',
});

const has = (context: TableContext, ...columns: readonly string[]): boolean =>
  columns.some((column) => context.columns.has(column));
const isAbout = (context: TableContext, ...words: readonly string[]): boolean =>
  words.some((word) => context.subject.has(word));

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
const STREET = [
  'street',
  'address',
  'street name',
  'neighborhood',
  'district',
  'city',
  'postcode',
  'address complement',
  'address line 2',
  'municipality',
];
const SURNAME = ['last name', 'surname', 'family name', 'last names', 'paternal surname', 'second name', 'lastname'];
const FIRST_NAME = ['first name', 'given name', 'firstname', 'forename', 'prename'];
const PERSON = [
  'first name',
  'last name',
  'surname',
  'birth date',
  'date birth',
  'gender',
  'sex',
  'age',
  'dob',
  'username',
  'password',
  'nationality',
  'job title',
  'cpf',
  'passport number',
  'national id',
  'marital status',
];

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
export function bareNameGuesses({ words }: Reading, context: TableContext): Guess[] {
  const last = words.at(-1) as string;
  if (
    words.length === 2 &&
    last === 'state' &&
    words[0] !== 'id' &&
    words[0] !== 'fk' &&
    entityClassOf(words[0] as string) === undefined
  )
    return RULES.get(last)?.(context) ?? [];
  if (words.length !== 1) return [];
  return RULES.get(last)?.(context) ?? [];
}

function nameOf(context: TableContext): Guess[] {
  const { entityClass, entity } = context;
  const person =
    entityClass === 'person' || (entityClass !== 'company' && entityClass !== 'product' && has(context, ...PERSON));
  if (has(context, ...SURNAME)) return [of('first_name', 0.9, 'beside a last name', 'first name')];
  if (has(context, ...FIRST_NAME)) return [of('last_name', 0.9, 'beside a first name', 'last name')];
  if (entityClass !== undefined && entityClass !== 'person') {
    const guess = named(entityClass, 0.86, `what a ${entity ?? entityClass} is called`, context);
    return person ? [guess, named('person', 0.7, 'beside facts of a person', context)] : [guess];
  }
  if (person) return [named('person', entityClass === 'person' ? 0.92 : 0.85, 'in a table of people', context)];
  if (has(context, 'email', 'phone', 'address') && !has(context, 'price', 'amount', 'website', 'url', 'fax'))
    return [named('person', 0.72, 'beside an e-mail address, phone or address', context)];
  if (has(context, 'website', 'fax', 'vat number'))
    return [named('company', 0.75, 'beside facts of a company', context)];
  return [{ ...guessKind('label', entity === undefined ? 0.5 : 0.66, 'a name of which is not known whose', 'table') }];
}

function timeOf(context: TableContext): Guess[] {
  const dated = has(context, 'date', 'day', 'start date', 'event date', 'appointment date', 'transaction date');
  if (dated) return [of('time', 0.9, 'beside a date', 'time of day')];
  return [{ ...guessKind('datetime', 0.8, 'no date beside it', 'table') }];
}

function titleOf(context: TableContext): Guess[] {
  const { entityClass, entity } = context;
  if (entity === 'book' || has(context, 'isbn', 'isbn 13'))
    return [of('book_title', 0.95, 'in a table of books', 'title of a book')];
  if (has(context, 'first name', 'last name', 'surname', 'firstname', 'lastname', 'forename')) {
    if (
      has(
        context,
        'salary',
        'hire date',
        'department',
        'manager',
        'manager id',
        'company',
        'reports to',
        'company name',
        'job',
        'department id',
        'salutation',
        'prefix',
        'account name',
        'lead source',
        'organization',
        'employee id',
        'account',
      ) ||
      entity === 'employee' ||
      entity === 'staff'
    )
      return [
        of('job_title', 0.94, 'beside facts of an employee', 'job title'),
        of('name_prefix', 0.6, 'beside a name', 'title before a name'),
      ];
    return [of('name_prefix', 0.93, 'beside first and last name', 'title before a name')];
  }
  if (
    entityClass === 'product' ||
    ((entityClass === undefined || entityClass === 'order' || entityClass === 'category') &&
      has(context, 'sku', 'price', 'ean', 'barcode', 'vendor'))
  )
    return [of('product_name', 0.93, 'beside facts of a product', 'product')];
  if (entity === 'employee' || entity === 'contact')
    return [of('job_title', 0.92, 'in a table of employees', 'job title')];
  return [];
}

function numberOf(context: TableContext): Guess[] {
  if (has(context, ...STREET)) return [of('building_number', 0.86, 'beside parts of an address', 'house number')];
  return [guessKind('number', 0.6, 'a number that names the row', 'table')];
}
