import { equals } from '../equals.ts';
import type { Evaluation } from '../evaluation.ts';
import { withArticle } from '../expect.ts';
import { MAX_TEXT_LENGTH } from '../limits.ts';
import { toText, typeOf, type Value } from '../value.ts';
import { define, type FunctionDefinition } from './definition.ts';

export function listHas(evaluation: Evaluation, list: readonly Value[], wanted: Value): boolean {
  evaluation.charge(list.length);
  return list.some((raw) => equals(evaluation, evaluation.admit(raw), wanted));
}

function distinct(evaluation: Evaluation, list: readonly Value[]): readonly Value[] {
  evaluation.charge(list.length);
  const plain = new Set<Value>();
  const compound: Value[] = [];
  const result: Value[] = [];
  for (const raw of list) {
    const value = evaluation.admit(raw);
    if (value !== null && typeof value === 'object') {
      if (listHas(evaluation, compound, value)) continue;
      compound.push(value);
    } else {
      if (plain.has(value)) continue;
      plain.add(value);
    }
    result.push(value);
  }
  return result;
}

function join(evaluation: Evaluation, list: readonly Value[], separator: string): string {
  evaluation.charge(list.length);
  let text = '';
  let first = true;
  for (const raw of list) {
    const value = evaluation.admit(raw);
    if (value === null) continue;
    const part = toText(value);
    if (part === undefined) {
      const hint = 'take the part that is wanted with [*].name';
      return evaluation.fail(
        'expression_type',
        `join() takes texts and numbers and met ${withArticle(typeOf(value))}`,
        hint,
      );
    }
    evaluation.chargeText(part.length);
    text += first ? part : separator + part;
    first = false;
    if (text.length > MAX_TEXT_LENGTH) break;
  }
  evaluation.allowText(text.length);
  return text;
}

export const LIST_FUNCTIONS: readonly FunctionDefinition[] = [
  define({
    name: 'first',
    signature: 'first(list)',
    summary: 'The first element; null for an empty list.',
    examples: [["first(['a', 'b'])", '"a"']],
    parameters: ['list'],
    returns: 'unknown',
    run: (evaluation, list) => evaluation.read(list, 0),
  }),
  define({
    name: 'last',
    signature: 'last(list)',
    summary: 'The last element; null for an empty list.',
    examples: [
      ["last(['a', 'b'])", '"b"'],
      ['last([])', 'null'],
    ],
    parameters: ['list'],
    returns: 'unknown',
    run: (evaluation, list) => evaluation.read(list, list.length - 1),
  }),
  define({
    name: 'join',
    signature: "join(list, separator = ', ')",
    summary: 'The elements as one text; nulls are skipped.',
    examples: [
      ["join(['a', null, 1])", '"a, 1"'],
      ["join(split('2026-01-31', '-'), '/')", '"2026/01/31"'],
    ],
    parameters: ['list', 'text'],
    defaults: [', '],
    returns: 'string',
    run: (evaluation, list, separator) => join(evaluation, list, separator),
  }),
  define({
    name: 'distinct',
    signature: 'distinct(list)',
    summary: 'The list without repetitions, in the order of their first appearance.',
    examples: [['distinct([1, 2, 1])', '[1,2]']],
    parameters: ['list'],
    returns: 'list',
    run: distinct,
  }),
  define({
    name: 'in',
    signature: 'in(value, list)',
    summary: 'Whether an element of the list equals the value; null is looked for as well.',
    examples: [
      ["in('DE', ['AT', 'DE'])", 'true'],
      ["in(1, ['1'])", 'false'],
    ],
    parameters: ['any', 'list'],
    returns: 'boolean',
    takesNull: true,
    run: (evaluation, value, list) => (list === null ? null : listHas(evaluation, list, value)),
  }),
];
