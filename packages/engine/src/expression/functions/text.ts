import type { Evaluation } from '../evaluation.ts';
import { MAX_TEXT_LENGTH } from '../limits.ts';
import { isList, toText, type Value } from '../value.ts';
import { countCodePoints, sliceCodePoints } from './code-points.ts';
import { define, type FunctionDefinition } from './definition.ts';
import { listHas } from './lists.ts';
import { toSlug } from './slug.ts';

function lengthOf(evaluation: Evaluation, value: Value): Value {
  if (typeof value === 'string') {
    evaluation.chargeText(value.length);
    return countCodePoints(value);
  }
  if (value === null || typeof value !== 'object') return null;
  return isList(value) ? value.length : Object.keys(value).length;
}

/** The text from position `start`, of at most `count` code points; positions outside the text are its ends. */
function slice(evaluation: Evaluation, text: string, start: number, count: number): string {
  const from = Math.max(0, start);
  return evaluation.text(sliceCodePoints(text, from, from + Math.max(0, count)));
}

function capitalize(text: string): string {
  const first = sliceCodePoints(text, 0, 1);
  return first.toUpperCase() + text.slice(first.length);
}

function replace(evaluation: Evaluation, text: string, find: string, replacement: string): string {
  if (find === '') return text;
  evaluation.chargeSearch(text.length, find.length);
  let matches = 0;
  for (let at = text.indexOf(find); at >= 0; at = text.indexOf(find, at + find.length)) matches += 1;
  evaluation.allowText(text.length + matches * (replacement.length - find.length));
  // By a function, because a replacement text could hold $-patterns.
  return text.replaceAll(find, () => replacement);
}

function split(evaluation: Evaluation, text: string, separator: string): readonly string[] {
  evaluation.chargeSearch(text.length, separator.length);
  let pieces = separator === '' ? text.length : 1;
  if (separator !== '') {
    for (let at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, at + separator.length)) pieces += 1;
  }
  evaluation.charge(pieces);
  return separator === '' ? [...text] : text.split(separator);
}

/** `fill` repeated until it has `count` code points. */
function padding(evaluation: Evaluation, text: string, length: number, fill: string): string {
  const missing = length - countCodePoints(text);
  if (missing <= 0 || fill === '') return '';
  evaluation.allowText(Math.min(missing, MAX_TEXT_LENGTH + 1));
  return sliceCodePoints(fill.repeat(Math.ceil(missing / countCodePoints(fill))), 0, missing);
}

const text = (name: string, signature: string, summary: string, examples: FunctionDefinition['examples']) => ({
  name,
  signature,
  summary,
  examples,
  returns: 'string' as const,
});

export const TEXT_FUNCTIONS: readonly FunctionDefinition[] = [
  define({
    ...text('concat', 'concat(a, b, …)', 'The texts one behind the other; nulls are empty.', [
      ["concat('a', null, 1, true)", '"a1true"'],
    ]),
    parameters: [],
    rest: 'text',
    takesNull: true,
    run: (evaluation, parts) => {
      let joined = '';
      for (const part of parts) {
        evaluation.allowText(joined.length + (part?.length ?? 0));
        joined += part ?? '';
      }
      return joined;
    },
  }),
  define({
    ...text('length', 'length(value)', 'How many characters a text, elements a list or keys an object has.', [
      ["length('né😀')", '3'],
      ['length([1, null])', '2'],
    ]),
    parameters: ['sized'],
    returns: 'number',
    run: lengthOf,
  }),
  define({
    ...text('upper', 'upper(text)', 'In capital letters.', [["upper('straße')", '"STRASSE"']]),
    parameters: ['text'],
    run: (evaluation, value) => evaluation.text(value.toUpperCase()),
  }),
  define({
    ...text('lower', 'lower(text)', 'In small letters.', [["lower('ÀB')", '"àb"']]),
    parameters: ['text'],
    run: (evaluation, value) => evaluation.text(value.toLowerCase()),
  }),
  define({
    ...text('trim', 'trim(text)', 'Without white space at both ends.', [["trim('  a b ')", '"a b"']]),
    parameters: ['text'],
    run: (evaluation, value) => evaluation.text(value.trim()),
  }),
  define({
    ...text('capitalize', 'capitalize(text)', 'With a capital first letter; the rest stays as it is.', [
      ["capitalize('élan vital')", '"Élan vital"'],
    ]),
    parameters: ['text'],
    run: (evaluation, value) => evaluation.text(capitalize(value)),
  }),
  define({
    ...text('replace', 'replace(text, find, replacement)', 'Every occurrence replaced; all three are plain text.', [
      ["replace('a.b.c', '.', '$&')", '"a$&b$&c"'],
    ]),
    parameters: ['text', 'text', 'text'],
    run: replace,
  }),
  define({
    ...text(
      'substring',
      'substring(text, start, length = all)',
      'A part of the text; the first character has position 0.',
      [
        ["substring('abcdef', 2)", '"cdef"'],
        ["substring('abcdef', 2, 3)", '"cde"'],
      ],
    ),
    parameters: ['text', 'integer', 'integer'],
    defaults: [MAX_TEXT_LENGTH],
    run: slice,
  }),
  define({
    ...text('left', 'left(text, count)', 'The first characters.', [["left('abc', 2)", '"ab"']]),
    parameters: ['text', 'integer'],
    run: (evaluation, value, count) => slice(evaluation, value, 0, count),
  }),
  define({
    ...text('right', 'right(text, count)', 'The last characters.', [["right('abc', 2)", '"bc"']]),
    parameters: ['text', 'integer'],
    run: (evaluation, value, count) => slice(evaluation, value, countCodePoints(value) - Math.max(0, count), count),
  }),
  define({
    ...text('pad_left', "pad_left(text, length, fill = ' ')", 'Filled up at the front; a longer text stays as it is.', [
      ["pad_left(42, 6, '0')", '"000042"'],
    ]),
    parameters: ['text', 'integer', 'text'],
    defaults: [' '],
    run: (evaluation, value, length, fill) => evaluation.text(padding(evaluation, value, length, fill) + value),
  }),
  define({
    ...text('pad_right', "pad_right(text, length, fill = ' ')", 'Filled up at the end; a longer text stays as it is.', [
      ["pad_right('ab', 4, '.')", '"ab.."'],
    ]),
    parameters: ['text', 'integer', 'text'],
    defaults: [' '],
    run: (evaluation, value, length, fill) => evaluation.text(value + padding(evaluation, value, length, fill)),
  }),
  define({
    ...text(
      'contains',
      'contains(text or list, part)',
      'Whether the text holds the other text, or the list the value.',
      [
        ["contains('abc', 'bc')", 'true'],
        ['contains([1, 2], 3)', 'false'],
      ],
    ),
    parameters: ['searchable', 'any'],
    returns: 'boolean',
    run: (evaluation, where, part) => {
      if (typeof where !== 'string') return listHas(evaluation, where, part);
      const wanted = toText(part);
      if (wanted === undefined) return false;
      evaluation.chargeText(where.length);
      evaluation.chargeSearch(where.length, wanted.length);
      return where.includes(wanted);
    },
  }),
  define({
    ...text('starts_with', 'starts_with(text, start)', 'Whether the text begins with the other.', [
      ["starts_with('abc', 'ab')", 'true'],
    ]),
    parameters: ['text', 'text'],
    returns: 'boolean',
    run: (_, value, start) => value.startsWith(start),
  }),
  define({
    ...text('ends_with', 'ends_with(text, end)', 'Whether the text ends with the other.', [
      ["ends_with('abc', 'ab')", 'false'],
    ]),
    parameters: ['text', 'text'],
    returns: 'boolean',
    run: (_, value, end) => value.endsWith(end),
  }),
  define({
    ...text('split', 'split(text, separator)', "The parts between the separators; '' gives the single characters.", [
      ["split('a,b,,c', ',')", '["a","b","","c"]'],
    ]),
    parameters: ['text', 'text'],
    returns: 'list',
    run: split,
  }),
  define({
    ...text('slug', 'slug(text)', 'For addresses: small ASCII letters and digits with hyphens between words.', [
      ["slug('Straße nach Łódź!')", '"strasse-nach-lodz"'],
    ]),
    parameters: ['text'],
    run: (evaluation, value) => {
      evaluation.charge(Math.floor(value.length / 16)); // NFKD is slow, and makes up to 18 characters of one
      return evaluation.text(toSlug(value));
    },
  }),
];
