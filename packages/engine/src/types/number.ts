import { add, constant, type Int, mul, type Piece, type Program, row, text } from '../plan/program.ts';
import { checkDistribution, distributed, distributionOptions } from './distribution-options.ts';
import {
  type BuildContext,
  defineType,
  type FieldType,
  type OptionProblem,
  type OptionSpec,
  type Options,
} from './field-type.ts';

const LIMIT = Number.MAX_SAFE_INTEGER;

const bound = (summary: string, value: number): OptionSpec => ({
  kind: 'number',
  min: -1e15,
  max: 1e15,
  summary,
  default: value,
});

/** Bounds in integers of 10^-decimals: rounded inwards, so that no value lies outside. */
export function scaledBounds(options: Options, decimals: number): { min: number; max: number; unit: number } {
  const unit = 10 ** decimals;
  const scale = (value: number, round: (x: number) => number): number => {
    const exact = value * unit;
    const nearest = Math.round(exact);
    // 0.1 * 10 ** 2 and the like are a hair off the integer they mean.
    return Math.abs(exact - nearest) < 1e-6 * Math.max(1, Math.abs(exact)) * 1e-6 + 1e-7 ? nearest : round(exact);
  };
  return { min: scale(options['min'] as number, Math.ceil), max: scale(options['max'] as number, Math.floor), unit };
}

function checkBounds(options: Options, decimals: number): OptionProblem[] {
  const [min, max] = [options['min'] as number, options['max'] as number];
  if (min > max) {
    return [
      { option: 'min', message: `\`min\` (${min}) is above \`max\` (${max})`, hint: 'swap them, or raise `max`' },
    ];
  }
  const scaled = scaledBounds(options, decimals);
  if (scaled.min > scaled.max) {
    return [
      {
        option: 'max',
        message: `no number with ${decimals} decimals lies between ${min} and ${max}`,
        hint: 'widen the range',
      },
    ];
  }
  if (Math.max(Math.abs(scaled.min), Math.abs(scaled.max)) > LIMIT / 2) {
    return [
      {
        option: 'decimals',
        message: `${decimals} decimals of numbers this large need more than 53 bits`,
        hint: 'use fewer decimals or a smaller range',
      },
    ];
  }
  return [];
}

function between(options: Options, decimals: number, context: BuildContext): Int {
  const { min, max, unit } = scaledBounds(options, decimals);
  if (min === max) return constant(min);
  return distributed(options, min, max, unit) ?? add(context.choose(max - min + 1), min);
}

function decimalType(
  key: string,
  label: string,
  family: FieldType['family'],
  summary: string,
  max: number,
  example: unknown,
  aliases: readonly string[] = [],
): FieldType {
  return defineType({
    key,
    label,
    family,
    summary,
    aliases,
    options: {
      min: bound('Least value.', 0),
      max: bound('Greatest value.', max),
      decimals: {
        kind: 'integer',
        min: 0,
        max: 12,
        summary: 'Digits behind the point.',
        default: 2,
        aliases: ['precision'],
      },
      ...distributionOptions,
    },
    example,
    check: (options) => [...checkBounds(options, options['decimals'] as number), ...checkDistribution(options)],
    build: (options, context) => {
      const decimals = options['decimals'] as number;
      return { kind: 'decimal', body: [{ p: 'fixed', value: between(options, decimals, context), decimals }] };
    },
  });
}

/** Numbers. All are whole numbers of some decimal unit inside, so that they print the same everywhere. */
export const numberTypes: readonly FieldType[] = [
  defineType({
    key: 'sequence',
    label: 'Sequence',
    family: 'number',
    seedless: true,
    summary: 'Counts up by the row, from `start` in steps of `step`.',
    aliases: ['row_number', 'auto_increment'],
    options: {
      start: { kind: 'integer', summary: 'Value of the first row.', default: 1 },
      step: { kind: 'integer', min: -1_000_000, max: 1_000_000, summary: 'Distance from row to row.', default: 1 },
      prefix: {
        kind: 'string',
        maxLength: 100,
        summary: 'Text before the number; the value is then a text.',
        default: '',
      },
      suffix: {
        kind: 'string',
        maxLength: 100,
        summary: 'Text after the number; the value is then a text.',
        default: '',
      },
      width: {
        kind: 'integer',
        min: 0,
        max: 18,
        summary: 'Pad with zeros to this many digits; the value is then a text.',
        default: 0,
        aliases: ['padding'],
      },
    },
    example: 1,
    check: ({ start, step, width }) => [
      ...(Math.abs(start as number) > 1e15 ? [{ option: 'start', message: '`start` must lie within ±1e15' }] : []),
      ...((width as number) > 0 && ((start as number) < 0 || (step as number) < 0)
        ? [
            {
              option: 'width',
              message: 'only numbers from 0 upwards are padded',
              hint: 'leave out `width`, or count upwards from 0 or more',
            },
          ]
        : []),
      ...(step === 0
        ? [{ option: 'step', message: '`step` must not be 0', hint: 'use type `constant` for a fixed value' }]
        : []),
    ],
    build: ({ start, step, prefix, suffix, width }) =>
      sequence(start as number, step as number, prefix as string, suffix as string, width as number),
  }),
  defineType({
    key: 'number',
    label: 'Whole number',
    family: 'number',
    summary: 'A whole number.',
    aliases: ['integer', 'int'],
    options: {
      min: bound('Least value.', 0),
      max: bound('Greatest value.', 1000),
      stringify: { kind: 'boolean', summary: 'Written as a text.', default: false },
      ...distributionOptions,
    },
    example: 417,
    check: (options) => [...checkBounds(options, 0), ...checkDistribution(options)],
    build: (options, context) => ({
      kind: options['stringify'] === true ? 'string' : 'integer',
      body: [{ p: 'integer', value: between(options, 0, context) }],
    }),
  }),
  decimalType('float', 'Decimal number', 'number', 'A number with decimals.', 1000, 417.25, [
    'decimal',
    'double',
    'real',
  ]),
  decimalType('percentage', 'Percentage', 'number', 'A share in percent, 0 to 100.', 100, 41.72, ['percent', 'pct']),
  decimalType('currency', 'Amount of money', 'finance', 'An amount with two decimals.', 10_000, 1250.5, [
    'amount',
    'transactionAmount',
  ]),
  defineType({
    key: 'boolean',
    label: 'Boolean',
    family: 'number',
    summary: 'true or false.',
    aliases: ['bool'],
    options: {
      probability: { kind: 'number', min: 0, max: 1, summary: 'Share of true.', default: 0.5 },
      truthy: { kind: 'boolean', summary: 'true: always true, unless `falsy` is set as well.' },
      falsy: { kind: 'boolean', summary: 'true: always false, unless `truthy` is set as well.' },
    },
    example: true,
    build: ({ probability, truthy, falsy }, context) => {
      if ((truthy === true) !== (falsy === true)) return { kind: 'boolean', value: constant(truthy === true ? 1 : 0) };
      if (context.unique) return { kind: 'boolean', value: context.choose(2) };
      const threshold = Math.round((probability as number) * 2 ** 24);
      return { kind: 'boolean', value: { op: 'less', a: context.choose(2 ** 24), b: constant(threshold) } };
    },
  }),
];

function sequence(start: number, step: number, prefix: string, suffix: string, width: number): Program {
  const value = add(mul(row, step), start);
  if (prefix === '' && suffix === '' && width === 0) return { kind: 'integer', body: [{ p: 'integer', value }] };
  const number: Piece[] = width === 0 ? [{ p: 'integer', value }] : padded(value, width);
  return { kind: 'string', body: [text(prefix), ...number, text(suffix)] };
}

/** Zeros in front of short numbers; longer ones are not cut. */
function padded(value: Int, width: number): Piece[] {
  const tooLong: Int = { op: 'less', a: constant(10 ** width - 1), b: { op: 'get', name: 'value' } };
  const short: Int = { op: 'mod', a: { op: 'get', name: 'value' }, b: constant(10 ** width) };
  return [
    { p: 'let', name: 'value', value },
    {
      p: 'switch',
      on: tooLong,
      cases: [[{ p: 'digits', value: short, width }], [{ p: 'integer', value: { op: 'get', name: 'value' } }]],
    },
  ];
}
