import type { ImportedColumn } from '../imported-column.ts';
import type { Draft } from '../measure-field.ts';
import { plainType } from './field-types.ts';
import { isoDate } from './iso-date.ts';

/** A column of a schema of Mockaroo, as far as it is read. */
export type MockarooColumn = Readonly<Record<string, unknown>>;

const numberOf = (value: unknown): number | undefined => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
};

/** Options that are known, under the names that our types have for them. */
function known(values: Readonly<Record<string, unknown>>): Draft['options'] {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

const boundsOf = ({ min, max }: MockarooColumn): Draft['options'] => known({ min: numberOf(min), max: numberOf(max) });

/** Types of Mockaroo with options, in lower case. */
const WITH_OPTIONS: Readonly<Record<string, (column: MockarooColumn) => Draft | undefined>> = {
  number: (column) => {
    const decimals = numberOf(column['decimals']) ?? 0;
    if (decimals === 0) return { type: 'number', options: boundsOf(column) };
    return { type: 'float', options: { ...boundsOf(column), decimals } };
  },
  money: (column) => ({ type: 'float', options: { ...boundsOf(column), decimals: 2 } }),
  boolean: () => ({ type: 'boolean', options: {} }),
  datetime: ({ min, max }) => ({ type: 'datetime', options: known({ min: isoDate(min), max: isoDate(max) }) }),
  time: () => ({ type: 'time', options: {} }),
  sequence: ({ start, step }) => ({
    type: 'sequence',
    options: known({ start: numberOf(start), step: numberOf(step) }),
  }),
  'regular expression': ({ value }) => textOr(value, (pattern) => ({ type: 'regex', options: { pattern } })),
  'custom list': ({ values }) => listOf(values),
  words: (column) => ({ type: 'words', options: countOf('count', column) }),
  sentences: (column) => ({ type: 'paragraph', options: countOf('sentences', column) }),
  paragraphs: () => ({ type: 'paragraph', options: {} }),
  blank: () => ({ type: 'null', options: {} }),
};

/** How many words or sentences there are. */
function countOf(option: string, column: MockarooColumn): Draft['options'] {
  const [min, max] = [numberOf(column['min']), numberOf(column['max'])];
  return min === undefined || max === undefined || min > max || min < 1 ? {} : { [option]: { min, max } };
}

const textOr = (value: unknown, make: (text: string) => Draft): Draft | undefined =>
  typeof value === 'string' && value !== '' ? make(value) : undefined;

/** A list of values, or a text with commas between them. */
function listOf(given: unknown): Draft | undefined {
  const list = typeof given === 'string' ? given.split(',').map((value) => value.trim()) : given;
  const values = Array.isArray(list) ? list.filter((value) => typeof value === 'string' && value !== '') : [];
  return values.length === 0 ? undefined : { type: 'enum', options: { values: [...new Set(values)] } };
}

/** What gives the values of a column; undefined: Mockaroo's type is not known here. */
export function fieldOfColumn(column: MockarooColumn): Draft | undefined {
  const type = typeof column['type'] === 'string' ? column['type'].trim() : '';
  const make = Object.hasOwn(WITH_OPTIONS, type.toLowerCase()) ? WITH_OPTIONS[type.toLowerCase()] : undefined;
  return make === undefined ? plainType(type) : make(column);
}

/** Percent of rows in which it is null: of an exported schema, or of the fields of a request. */
export function nullsOf(column: MockarooColumn): Pick<ImportedColumn, 'nullable' | 'nullPercentage'> {
  const percent = numberOf(column['null_percentage'] ?? column['percentBlank']) ?? 0;
  return percent > 0 && percent <= 100 ? { nullable: true, nullPercentage: percent } : {};
}
