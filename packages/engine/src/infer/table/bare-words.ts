import { type Guess, guessKind } from '../rules/guess.ts';
import { named } from '../rules/name-rules.ts';
import { has, of } from './beside.ts';
import type { TableContext } from './table-context.ts';

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

/** Documents of trade, which have numbers for names. */
const NUMBERED = new Set(
  'order purchase sale invoice quote bill receipt payment shipment delivery transaction refund'.split(' '),
);

/** `name`: of a person, a company or a thing. */
export function nameOf(context: TableContext): Guess[] {
  const { entityClass, entity } = context;
  const person =
    entityClass === 'person' || (entityClass !== 'company' && entityClass !== 'product' && has(context, ...PERSON));
  const ofPerson = has(context, 'age', 'gender', 'sex', 'birth date', 'date birth', 'dob') && entityClass !== 'animal';
  if (entity !== undefined && NUMBERED.has(entity) && !has(context, 'company name', 'tax id', 'vat id', 'national id'))
    return [{ ...guessKind('code', 0.87, `${entity}s are called by their numbers`, 'table') }];
  if (has(context, ...SURNAME) && has(context, ...FIRST_NAME))
    return [of('full_name', 0.9, 'beside its parts', 'full name')];
  if (has(context, ...SURNAME)) return [of('first_name', 0.9, 'beside a last name', 'first name')];
  if (has(context, ...FIRST_NAME)) return [of('last_name', 0.9, 'beside a first name', 'last name')];
  if (ofPerson && entityClass !== 'person') return [named('person', 0.88, 'beside facts of a person')];
  if (entityClass !== undefined && entityClass !== 'person') {
    const guess = named(entityClass, 0.86, `what a ${entity ?? entityClass} is called`);
    return person ? [guess, named('person', 0.7, 'beside facts of a person')] : [guess];
  }
  if (person) return [named('person', entityClass === 'person' ? 0.92 : 0.85, 'in a table of people')];
  if (has(context, 'email', 'phone', 'address') && !has(context, 'price', 'amount', 'website', 'url', 'fax'))
    return [named('person', 0.72, 'beside an e-mail address, phone or address')];
  if (has(context, 'website', 'fax', 'vat number')) return [named('company', 0.75, 'beside facts of a company')];
  return [{ ...guessKind('label', entity === undefined ? 0.5 : 0.66, 'a name of which is not known whose', 'table') }];
}

/** `time`: of day beside a date, else a moment. */
export function timeOf(context: TableContext, isForeign: boolean): Guess[] {
  const dated = has(context, 'date', 'day', 'start date', 'event date', 'appointment date', 'transaction date');
  // Other languages call an hour of the day so, and no moment.
  if (dated || (isForeign && context.heads.has('date'))) return [of('time', 0.9, 'beside a date', 'time of day')];
  return [{ ...guessKind('datetime', 0.88, 'no date beside it', 'table') }];
}

/** `title`: before a name, of a job, of a book or a product. */
export function titleOf(context: TableContext, isForeign: boolean): Guess[] {
  const { entityClass, entity } = context;
  if (entity === 'book' || has(context, 'isbn', 'isbn 13'))
    return [of('book_title', 0.95, 'in a table of books', 'title of a book')];
  if (has(context, 'first name', 'last name', 'surname', 'firstname', 'lastname', 'forename')) {
    // Other languages do not call a job a title.
    if (
      !isForeign &&
      (has(
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
        entity === 'staff')
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

/** `number`: of a house, else one that names the row. */
export function numberOf(context: TableContext): Guess[] {
  if (has(context, ...STREET)) return [of('building_number', 0.86, 'beside parts of an address', 'house number')];
  return [guessKind('number', 0.6, 'a number that names the row', 'table')];
}
