import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseExpression } from '../../expression/index.ts';
import type { FormatOptions } from '../../format/format-options.ts';
import { needsJavaScript } from '../../plan/needs-javascript.ts';
import type { Plan } from '../../plan/plan.ts';
import type { Program, ProgramField } from '../../plan/program.ts';
import { planOf, type TestField, textOf } from '../../types/testing/compiled.ts';
import { compileDerived } from './compile-derived.ts';
import { uncompiled } from './uncompiled.ts';

const nulls = (options: TestField['options'] = {}) => ({ ...options, null_percentage: 30 });
const field = (name: string, type: string, options: TestField['options'] = {}): TestField => ({ name, type, options });

/** Fields of every kind that expressions read, with nulls and without. */
const FIELDS: readonly TestField[] = [
  field('id', 'sequence'),
  field('n', 'number', { min: -50, max: 60 }),
  field('m', 'number', nulls({ min: 1, max: 9 })),
  field('big', 'number', { min: 0, max: 1e15 }),
  field('price', 'currency', { min: -20, max: 400 }),
  field('rate', 'float', nulls({ min: 0, max: 1, decimals: 3 })),
  field('unique', 'number', { min: 0, max: 1_000_000, unique: true }),
  field('normal', 'number', { min: 0, max: 100, distribution: 'gaussian', mean: 50, stddev: 10 }),
  field('first', 'first_name', nulls()),
  field('last', 'last_name'),
  field('city', 'city', { locale: 'de_DE' }),
  field('street', 'street_address', nulls()),
  field('words', 'sentence'),
  field('mail', 'email'),
  field('key', 'uuid'),
  field('level', 'enum', { values: ['low', 'mid, "high"', ' edge', 'ς Σ ß', '=1'] }),
  field('maybe', 'enum', { values: ['low', null, 'x_', 'line\nend'], weights: [3, 2, 1, 1] }),
  field('grade', 'enum', { values: [1, 2.5, -0.125, null] }),
  field('vip', 'boolean', nulls()),
  field('on', 'boolean'),
  field('born', 'date', { min: '0001-01-01', max: '2100-12-31' }),
  field('due', 'date', nulls({ min: '2024-01-01', max: '2025-12-31' })),
  field('at', 'datetime', { min: '1960-01-01T00:00:00Z' }),
  field('shown', 'date', { format: 'DD.MM.YYYY' }),
  field('clock', 'time'),
  field('fixed', 'constant', { value: 'EUR' }),
  field('place', 'template', {
    ...nulls(),
    fields: [field('town', 'city'), field('zip', 'number', nulls({ min: 1000, max: 9999 }))],
  }),
  field('up', 'derived', { expression: 'n + 1' }),
  field('name', 'derived', nulls({ expression: '{{first}} {{last}}' })),
];

// --- random expressions, mostly of the right types

const { number, text, flag, date } = fc.letrec<{ number: string; text: string; flag: string; date: string }>((tie) => {
  const some = (...names: string[]): fc.Arbitrary<string> => fc.constantFrom(...names);
  const call = (name: string, ...args: fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
    fc.tuple(...args).map((given) => `${name}(${given.join(', ')})`);
  const infix = (a: fc.Arbitrary<string>, operators: string[], b: fc.Arbitrary<string>): fc.Arbitrary<string> =>
    fc.tuple(a, fc.constantFrom(...operators), b).map(([left, operator, right]) => `(${left} ${operator} ${right})`);
  const order = ['==', '!=', '<', '<=', '>', '>='];
  return {
    number: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      some('id', 'n', 'm', 'big', 'price', 'rate', 'unique', 'normal', 'grade', 'place.zip', 'up'),
      some('0', '1', '2', '7', '10', '0.5', '0.19', '1.25', '100', '-3', '4', 'null', '1e-7', '12345678901'),
      infix(tie('number'), ['+', '-', '*'], tie('number')),
      infix(tie('number'), ['%', '/'], some('0', '2', '7', '10', '100', '0.25', '3', 'm')),
      call('round', tie('number'), some('0', '1', '2', '3', '-1', '4')),
      fc.tuple(some('round', 'floor', 'ceil', 'abs', 'integer', '-'), tie('number')).map(([f, of]) => `${f}(${of})`),
      call('mod', tie('number'), some('3', '10', 'm')),
      fc.tuple(some('min', 'max'), tie('number'), tie('number')).map(([f, a, b]) => `${f}(${a}, ${b})`),
      call('if', tie('flag'), tie('number'), tie('number')),
      infix(tie('number'), ['??'], tie('number')),
      fc.tuple(some('year', 'month', 'day'), tie('date')).map(([f, of]) => `${f}(${of})`),
      call('days_between', tie('date'), tie('date')),
      call('age', tie('date'), tie('date')),
      some("{'low': 1, 'x_': 2}[maybe]", 'length(level)', 'number(on)', "{'EUR': 1.1}[fixed]", 'm ** 2', 'sqrt(m)'),
    ),
    text: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      some('first', 'last', 'city', 'street', 'words', 'mail', 'key', 'level', 'maybe', 'fixed', 'shown', 'clock'),
      some("'a'", "' '", "'x, y'", "'\"'", "'_x0041_'", "'é😀'", "''", 'place.town', 'name', 'string(n)'),
      infix(tie('text'), ['+'], fc.oneof(tie('text'), tie('number'), tie('flag'))),
      call('concat', tie('text'), tie('number'), tie('text')),
      fc
        .tuple(some('upper', 'lower', 'trim', 'capitalize', 'slug', 'string'), tie('text'))
        .map(([f, a]) => `${f}(${a})`),
      call('if', tie('flag'), tie('text'), fc.oneof(tie('text'), tie('number'))),
      infix(tie('text'), ['??'], tie('text')),
      call('coalesce', tie('text'), tie('text'), tie('text')),
      call('left', tie('text'), some('1', '2', '0')),
      tie('date'),
    ),
    flag: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      some('vip', 'on', 'true', 'false'),
      infix(tie('number'), order, tie('number')),
      infix(some('level', 'maybe', 'fixed', 'last', 'first'), order, some("'low'", "'x_'", 'maybe', "'M'", 'null')),
      infix(tie('date'), order, tie('date')),
      infix(tie('flag'), ['and', 'or', '==', '!='], tie('flag')),
      fc.tuple(tie('flag')).map(([a]) => `(not ${a})`),
      some("in(level, ['low', ' edge'])", 'in(n, [1, 2, m])', "starts_with(level, 'm')", 'maybe == null'),
    ),
    date: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      some('born', 'due', 'at', "'2024-02-29'", "'1900-03-01T08:00:00Z'"),
      call('add_days', tie('date'), fc.oneof(some('1', '-400', 'm', 'n'), tie('number'))),
      call('if', tie('flag'), tie('date'), tie('date')),
      infix(tie('date'), ['??'], tie('date')),
    ),
  };
});
const template = fc
  .array(
    fc.oneof(
      fc.constantFrom(' ', ', ', '-', ': ', '"', 'Mr '),
      fc.oneof(text, number, date, flag).map((e) => `{{${e}}}`),
    ),
    {
      minLength: 2,
      maxLength: 5,
    },
  )
  .map((parts) => parts.join(''));
const expression = fc.oneof(number, text, flag, date, template);

const FORMATS: readonly FormatOptions[] = [
  { format: 'json' },
  { format: 'ndjson' },
  { format: 'csv' },
  { format: 'csv', quoting: 'all' },
  { format: 'csv', delimiter: ';', spreadsheetSafe: true },
  { format: 'csv', delimiter: 'tab' },
  { format: 'sql' },
  { format: 'sql', dialect: 'mysql' },
  { format: 'xlsx' },
  { format: 'xml' },
  { format: 'custom', line: '{{x}}|{{id}}\n', values: 'plain', null: '-' },
  { format: 'custom', line: '{{x}}\n', values: 'xml' },
];

const withPrograms = (plan: Plan, change: (program: Program) => Program): Plan => ({
  ...plan,
  fields: plan.fields.map((given) => ({ ...given, program: change(given.program) })),
});

/** The plan with an expression as its last field, `x`. */
function withExpression(plan: Plan, expression: string, threshold: number): Plan {
  const derived: Program = { kind: 'derived', expression };
  const program: Program = threshold === 0 ? derived : { kind: 'nullable', threshold, program: derived };
  return { ...plan, fields: compileDerived([...plan.fields, { name: 'x', path: '/x', program }]) };
}

/** The text of rows (of a workbook: of their cells), or the code of the error that JavaScript meets in them. */
function outcome(plan: Plan, format: FormatOptions, from: number, to: number): string {
  try {
    return textOf(plan, format, from, to);
  } catch (error) {
    return `error ${(error as { code?: string }).code}`;
  }
}

const RUNS = process.env['FULL'] === undefined ? 400 : 10_000;

describe('a compiled expression', () => {
  it('gives the bytes that JavaScript gives, in every format and from any row on', async () => {
    const base = await planOf(FIELDS);
    let compiled = 0;
    let parsed = 0;
    const rows = fc.record({
      format: fc.constantFrom(...FORMATS),
      from: fc.oneof(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 2 ** 39 })),
      seed: fc.string(),
      threshold: fc.constantFrom(0, 2 ** 30),
    });
    fc.assert(
      fc.property(expression, rows, (source, { format, from, seed, threshold }) => {
        if (!parseExpression(source, { fields: base.fields.map(({ name }) => name) }).ok) return;
        parsed++;
        const plan = withExpression({ ...base, seed }, source, threshold);
        if (needsJavaScript((plan.fields.at(-1) as ProgramField).program)) return;
        compiled++;
        const [expected, got] = [withPrograms(plan, uncompiled), plan].map((given) =>
          outcome(given, format, from, from + 40).split('\n'),
        ) as [string[], string[]];
        // One row is enough to read, where all are not the same.
        expect(got.find((line, i) => line !== expected[i])).toBe(expected.find((line, i) => line !== got[i]));
      }),
      { numRuns: RUNS },
    );
    // Or the test looks at nothing.
    expect(compiled).toBeGreaterThan(parsed / 3);
  }, 300_000);
});
