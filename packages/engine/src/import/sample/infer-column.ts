import type { ImportedColumn } from '../imported-column.ts';
import type { Place } from '../notices.ts';
import { typesOfName } from '../types-of-name.ts';
import { isClosedSet } from './closed-set.ts';
import { type Form, formOf } from './form-of.ts';
import type { Sample } from './sample.ts';

/**
 * A column by its values: kind, bounds, share of nulls, closed sets. Values are kept only as bounds of numbers and dates, and as
 * closed sets of short words; a column that looks as if it spoke of people is never kept by value.
 * @param present texts, or numbers and booleans of JSON; no nulls
 * @param total how many values there are with those that are missing
 * @param subject how notices call it: `orders.customer.name`
 */
export function inferColumn(
  name: string,
  present: readonly unknown[],
  total: number,
  place: Place,
  { notices, isText, firstNames }: Sample,
  subject: string,
): ImportedColumn {
  const share = nullShare(total - present.length, total);
  const entity = (subject.split('.').at(-2) ?? '').replace('[]', '');
  if (present.length === 0) {
    notices.add('no_value', place, 'the sample has no value here: it is always null', subject);
    return { name, kind: 'any', place, literal: null };
  }
  const forms = new Set(present.map((value) => formOf(value, isText)));
  const form = commonForm(forms);
  const base = { name, place, ...share };
  if (form === 'text' && forms.size > 1)
    notices.add(
      'several_types',
      place,
      `values of several kinds (${[...forms].join(', ')}) are taken for texts`,
      subject,
    );
  const distinct = new Set(present);
  const unique = distinct.size === present.length && present.length >= 20;
  switch (form) {
    case 'boolean': {
      const yes = present.filter((value) => /^(?:true|t|yes|y|1)$/i.test(String(value))).length;
      const words = new Set(present.map((value) => String(value).toLowerCase()));
      const isPlain = [...words].every((word) => word === 'true' || word === 'false');
      if (isPlain) return { ...base, kind: 'boolean', probability: Math.round((yes / present.length) * 100) / 100 };
      return { ...base, kind: 'text', ...closedSet(present) };
    }
    case 'integer': {
      const numbers = present.map(Number);
      const { min, max } = range(numbers);
      if (isKey(name, numbers, unique)) return { ...base, kind: 'integer', primaryKey: true };
      return { ...base, kind: 'integer', min, max };
    }
    case 'decimal': {
      const scale = Math.min(
        12,
        present.reduce((most: number, value) => Math.max(most, decimalsOf(String(value))), 0),
      );
      return { ...base, kind: 'decimal', ...range(present.map(Number)), scale };
    }
    case 'date':
      return { ...base, kind: 'date', ...dates(present.map((value) => String(value).slice(0, 10))) };
    case 'datetime':
      return { ...base, kind: 'datetime', ...dates(present.map((value) => toMoment(String(value)))) };
    case 'time':
      return { ...base, kind: 'time' };
    case 'uuid':
      return { ...base, kind: 'uuid', ...(unique ? { unique: true } : {}) };
    case 'email':
    case 'uri':
    case 'ipv4':
      return { ...base, kind: 'text', format: form, ...(unique && form === 'email' ? { unique: true } : {}) };
    default:
      return textColumn(base, present.map(String), unique, entity, firstNames);
  }
}

/** Types that say less of values than the values themselves. */
const LOOSE = new Set([
  'regex',
  'enum',
  'headline',
  'words',
  'word',
  'note',
  'sentence',
  'paragraph',
  'product_category',
  'tag',
]);

function textColumn(
  base: Pick<ImportedColumn, 'name' | 'place'>,
  texts: readonly string[],
  unique: boolean,
  entity: string,
  firstNames: ReadonlySet<string>,
): ImportedColumn {
  // A pattern that a name suggests is weaker than the one that the values show.
  const named = typesOfName(base.name, { kind: 'text', entity }).filter(({ type }) => !LOOSE.has(type));
  if (named.length === 0 && isClosedSet(base.name, texts, firstNames))
    return { ...base, kind: 'text', ...closedSet(texts) };
  const pattern = named.length === 0 ? patternOf(texts) : undefined;
  const longest = texts.reduce((most, text) => Math.max(most, [...text].length), 1);
  // What a name says of values counts for more than how long those of the sample happen to be.
  if (named.length > 0) return { ...base, kind: 'text' };
  return {
    ...base,
    kind: 'text',
    ...(pattern === undefined ? { maxLength: longest > SHORT ? Math.max(longest, USUAL) : longest } : { pattern }),
    ...(unique && pattern !== undefined ? { unique: true } : {}),
  };
}

/** Texts no longer than this are kept as short as they are. */
const SHORT = 4;
/** Others may be as long as words of filler text are. */
const USUAL = 25;

/** The values with how often each comes. */
function closedSet(values: readonly unknown[]): Pick<ImportedColumn, 'values' | 'weights'> {
  const counts = new Map<unknown, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return { values: [...counts.keys()], weights: [...counts.values()] };
}

/** The kind that all values can be read as. */
function commonForm(forms: ReadonlySet<Form>): Form {
  const [first] = forms;
  if (forms.size === 1 && first !== undefined) return first;
  const within = (...allowed: Form[]): boolean => [...forms].every((form) => allowed.includes(form));
  if (within('integer', 'decimal')) return 'decimal';
  if (within('date', 'datetime')) return 'datetime';
  return 'text';
}

const range = (numbers: readonly number[]): { min: number; max: number } => ({
  min: numbers.reduce((a, b) => Math.min(a, b)),
  max: numbers.reduce((a, b) => Math.max(a, b)),
});

const dates = (texts: readonly string[]): { earliest: string; latest: string } => ({
  earliest: texts.reduce((a, b) => (b < a ? b : a)),
  latest: texts.reduce((a, b) => (b > a ? b : a)),
});

const toMoment = (text: string): string => {
  const millis = Date.parse(
    text.length === 10
      ? `${text}T00:00:00Z`
      : /[Zz]|[+-]\d\d:?\d\d$/.test(text)
        ? text.replace(' ', 'T')
        : `${text.replace(' ', 'T')}Z`,
  );
  return new Date(millis).toISOString();
};

const decimalsOf = (text: string): number =>
  text.includes('.') && !/e/i.test(text) ? text.length - text.indexOf('.') - 1 : 0;

/** A column of distinct whole numbers that is called like a key, or counts up without a gap. */
function isKey(name: string, numbers: readonly number[], unique: boolean): boolean {
  const rising = numbers.every((number, i) => i === 0 || number === (numbers[i - 1] ?? 0) + 1);
  return new Set(numbers).size === numbers.length && ((/^_?id$/i.test(name) && rising) || (unique && rising));
}

/** Codes of one make, such as `AB-1234`: a pattern of character classes, when all texts share it. */
function patternOf(texts: readonly string[]): string | undefined {
  const [first = ''] = texts;
  if (first.length > 40 || !/\d/.test(first)) return undefined;
  const shape = shapeOf(first);
  if (!texts.every((text) => text.length === first.length && shapeOf(text) === shape)) return undefined;
  const runs = shape.match(/(.)\1*/gs) ?? [];
  return runs
    .map((run) => `${CLASSES[run[0] ?? ''] ?? `\\${run[0]}`}${run.length > 1 ? `{${run.length}}` : ''}`)
    .join('');
}

const CLASSES: Readonly<Record<string, string>> = { A: '[A-Z]', a: '[a-z]', 9: '\\d', ' ': ' ', _: '_' };

/** Letters and digits by their class; a text with anything but letters, digits and punctuation of codes has no shape. */
const shapeOf = (text: string): string =>
  /^[A-Za-z0-9 ._/:#-]+$/.test(text)
    ? text.replaceAll(/[A-Z]/g, 'A').replaceAll(/[a-z]/g, 'a').replaceAll(/\d/g, '9')
    : text;

/** A share in percent, of two digits, never rounded away. */
export const nullShare = (nulls: number, total: number): Pick<ImportedColumn, 'nullable' | 'nullPercentage'> =>
  nulls === 0
    ? {}
    : { nullable: true, nullPercentage: Math.min(99.99, Math.max(0.01, Math.round((nulls / total) * 10_000) / 100)) };
