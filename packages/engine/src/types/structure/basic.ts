import type { Int } from '../../plan/program.ts';
import { aliasTable } from '../../random/alias-table.ts';
import { zipfWeights } from '../../random/distributions.ts';
import { type BuildContext, defineType, type FieldType, type OptionProblem, type Options } from '../field-type.ts';
import { distinct } from './distinct.ts';

/** The weights of an enum in the order of its values, from a list or a map keyed by value. */
function weightsOf(options: Options): readonly number[] | undefined {
  const { values, weights } = options as { values: readonly unknown[]; weights: unknown };
  if (options['distribution'] === 'zipf')
    return zipfWeights(values.length, (options['exponent'] as number | undefined) ?? 1);
  if (weights === undefined) return undefined;
  if (Array.isArray(weights)) return weights as number[];
  const map = weights as Readonly<Record<string, number>>;
  return values.map((value) => (Object.hasOwn(map, String(value)) ? (map[String(value)] ?? 0) : 0));
}

function checkEnum(options: Options): OptionProblem[] {
  const { values, weights } = options as { values: readonly unknown[]; weights: unknown };
  if (values.length === 0) return [{ option: 'values', message: '`values` is empty', hint: 'give at least one value' }];
  if (values.length > 100_000) return [{ option: 'values', message: '`values` holds more than 100,000 values' }];
  if (weights === undefined) return [];
  if (options['unique'] === true)
    return [
      {
        option: 'weights',
        message: 'a unique field takes every value once, so weights mean nothing',
        hint: 'leave out either',
      },
    ];
  if (Array.isArray(weights) && weights.length !== values.length) {
    return [
      {
        option: 'weights',
        message: `${weights.length} weights for ${values.length} values`,
        hint: 'give one weight for each value',
      },
    ];
  }
  if (!Array.isArray(weights)) {
    const known = new Set(values.map(String));
    const unknown = Object.keys(weights as object).filter((key) => !known.has(key));
    if (unknown.length > 0) {
      return [
        {
          option: 'weights',
          message: `\`weights\` names ${JSON.stringify(unknown[0])}, which is not among the values`,
        },
      ];
    }
  }
  const sum = weightsOf(options)?.reduce((a, b) => a + b, 0) ?? 0;
  return sum > 0
    ? []
    : [{ option: 'weights', message: 'all weights are 0', hint: 'give at least one value a weight above 0' }];
}

function enumIndex(options: Options, context: BuildContext): Int {
  const { values } = options as { values: readonly unknown[] };
  const weights = weightsOf(options);
  if (weights === undefined || context.unique) return context.choose(values.length);
  return { op: 'weighted', odds: aliasTable(weights) };
}

/** Types that arrange given values and other fields. */
export const basicTypes: readonly FieldType[] = [
  defineType({
    key: 'enum',
    label: 'One of a list',
    family: 'structure',
    summary: 'One of the given values.',
    aliases: ['Custom', 'choice', 'pick'],
    options: {
      values: { kind: 'list', summary: 'The values, of any JSON kind.', required: true },
      weights: { kind: 'weights', summary: 'How often each value comes: a list, or a map keyed by value.' },
      distribution: {
        kind: 'one of',
        values: ['uniform', 'weighted', 'zipf'],
        summary: 'zipf: the k-th value comes k^-exponent as often as the first.',
      },
      exponent: { kind: 'number', min: 0, max: 20, summary: 'Exponent of zipf.' },
    },
    example: 'active',
    exampleOptions: { values: ['active', 'inactive', 'pending'], weights: [7, 2, 1] },
    check: checkEnum,
    build: (options, context) => {
      const given = options['values'] as readonly unknown[];
      const values = context.unique ? distinct(given) : given;
      return { kind: 'choice', values, index: enumIndex({ ...options, values }, context) };
    },
  }),
  defineType({
    key: 'constant',
    label: 'Constant',
    family: 'structure',
    seedless: true,
    summary: 'The same value in every row.',
    options: { value: { kind: 'any', summary: 'Any JSON value.', required: true } },
    example: 'EUR',
    exampleOptions: { value: 'EUR' },
    notUnique: 'a constant is the same in every row',
    build: ({ value }) => ({ kind: 'choice', values: [value], index: { op: 'const', value: 0 } }),
  }),
  defineType({
    key: 'null',
    label: 'Null',
    family: 'structure',
    seedless: true,
    summary: 'Always null.',
    options: { value: { kind: 'any', summary: 'Accepted and ignored.' } },
    example: null,
    notUnique: 'null is the same in every row',
    build: () => ({ kind: 'choice', values: [null], index: { op: 'const', value: 0 } }),
  }),
  defineType({
    key: 'template',
    label: 'Nested template',
    family: 'structure',
    summary: 'An object, or a list of objects, of another template or of fields given here.',
    aliases: ['nested'],
    options: {
      template_id: {
        kind: 'string',
        minLength: 1,
        maxLength: 200,
        summary: 'The other template.',
        aliases: ['templateId'],
      },
      fields: { kind: 'fields', summary: 'Fields of an object described here.' },
      array: { kind: 'boolean', summary: 'A list of objects.', default: false },
      count: {
        kind: 'count',
        min: 0,
        max: 10_000,
        summary: 'Length of the list: a number or { min, max }.',
        default: 1,
        aliases: ['quantity'],
      },
      max_depth: {
        kind: 'integer',
        min: 1,
        max: 16,
        summary: 'How often a template may contain itself; without it, it may not.',
      },
    },
    example: { street: 'Miller Street', city: 'Rotterdam' },
    exampleOptions: {
      fields: [
        { name: 'street', type: 'street_address' },
        { name: 'city', type: 'city' },
      ],
    },
    notUnique: 'objects are not compared',
  }),
  defineType({
    key: 'derived',
    label: 'Derived',
    family: 'structure',
    seedless: true,
    summary: 'Computed from other fields of the row.',
    aliases: ['computed'],
    options: {
      expression: {
        kind: 'string',
        minLength: 1,
        maxLength: 2000,
        summary: 'An expression, or text with {{field}} in it.',
        required: true,
        aliases: ['value'],
      },
    },
    example: 59.97,
    exampleOptions: { expression: 'round(19.99 * 3, 2)' },
    notUnique: 'what an expression yields is not known before it runs',
    slow: 'Expressions that cannot be compiled run in JavaScript, row by row; the other fields of the template keep their speed.',
  }),
];
