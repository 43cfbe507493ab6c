import type { Evaluation } from '../evaluation.ts';
import { withArticle } from '../expect.ts';
import { isList, typeOf, type Value } from '../value.ts';
import { commonType, define, type FunctionDefinition } from './definition.ts';
import { exactSum } from './exact-sum.ts';
import { finite } from './numbers.ts';

const REMEDY = 'convert its elements, or take the part that is wanted with [*].name';

/** The elements that are not null, which all have to be numbers. */
function numbersOf(evaluation: Evaluation, list: readonly Value[], name: string): number[] {
  evaluation.charge(list.length);
  const numbers: number[] = [];
  for (const raw of list) {
    const value = evaluation.admit(raw);
    if (typeof value === 'number') numbers.push(value);
    else if (value !== null) {
      evaluation.fail(
        'expression_type',
        `${name}() adds numbers and met ${withArticle(typeOf(value))} in the list`,
        REMEDY,
      );
    }
  }
  return numbers;
}

/** The least (`sign` 1) or greatest (-1) of numbers or of texts; null when there is none. */
function extreme(evaluation: Evaluation, values: readonly Value[], name: string, sign: 1 | -1): Value {
  const only = values[0];
  const list = values.length === 1 && only !== undefined && isList(only) ? only : values;
  evaluation.charge(list.length);
  let best: number | string | null = null;
  for (const raw of list) {
    const value = evaluation.admit(raw);
    if (value === null) continue;
    if ((typeof value !== 'number' && typeof value !== 'string') || (best !== null && typeof best !== typeof value)) {
      const met = best === null ? withArticle(typeOf(value)) : `${withArticle(typeOf(value))} beside a ${typeOf(best)}`;
      evaluation.fail('expression_type', `${name}() compares numbers or texts and met ${met}`, REMEDY);
    }
    if (typeof value === 'string') evaluation.chargeText(value.length);
    if (best === null || (sign === 1 ? value < best : value > best)) best = value as number | string;
  }
  return best;
}

export const AGGREGATE_FUNCTIONS: readonly FunctionDefinition[] = [
  define({
    name: 'sum',
    signature: 'sum(list)',
    summary:
      'Adds the numbers, exactly when they have at most six decimal places; nulls are skipped, an empty list gives 0.',
    examples: [
      ['sum([0.1, 0.2])', '0.3'],
      ['sum([1, null, 2])', '3'],
      ['sum([])', '0'],
    ],
    parameters: ['list'],
    returns: 'number',
    run: (evaluation, list) => {
      const total = exactSum(numbersOf(evaluation, list, 'sum'));
      return finite(total.numerator / total.scale);
    },
  }),
  define({
    name: 'avg',
    signature: 'avg(list)',
    summary: 'The mean of the numbers; nulls are skipped, a list without numbers gives null.',
    examples: [
      ['avg([0.1, 0.2, 0.3])', '0.2'],
      ['avg([])', 'null'],
    ],
    parameters: ['list'],
    returns: 'number',
    run: (evaluation, list) => {
      const numbers = numbersOf(evaluation, list, 'avg');
      const total = exactSum(numbers);
      return finite(total.numerator / (total.scale * numbers.length));
    },
  }),
  define({
    name: 'min',
    signature: 'min(list) or min(a, b, …)',
    summary: 'The least of numbers or of texts (ISO dates too); nulls are skipped, none gives null.',
    examples: [
      ['min([3, 1, 2])', '1'],
      ["min('2026-02-01', '2026-01-31')", '"2026-01-31"'],
    ],
    parameters: [],
    rest: 'any',
    returns: (types) => (types.length > 1 ? commonType(types) : 'unknown'),
    takesNull: true,
    run: (evaluation, values) => extreme(evaluation, values, 'min', 1),
  }),
  define({
    name: 'max',
    signature: 'max(list) or max(a, b, …)',
    summary: 'The greatest of numbers or of texts (ISO dates too); nulls are skipped, none gives null.',
    examples: [
      ['max(3, null, 7)', '7'],
      ['max([])', 'null'],
    ],
    parameters: [],
    rest: 'any',
    returns: (types) => (types.length > 1 ? commonType(types) : 'unknown'),
    takesNull: true,
    run: (evaluation, values) => extreme(evaluation, values, 'max', -1),
  }),
  define({
    name: 'count',
    signature: 'count(list)',
    summary: 'How many elements are not null; `length` counts all.',
    examples: [["count(['a', null, 'b'])", '2']],
    parameters: ['list'],
    returns: 'number',
    run: (evaluation, list) => {
      evaluation.charge(list.length);
      let count = 0;
      for (const raw of list) if (evaluation.admit(raw) !== null) count += 1;
      return count;
    },
  }),
];
