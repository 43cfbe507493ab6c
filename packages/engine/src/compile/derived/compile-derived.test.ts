import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseExpression } from '../../expression/index.ts';
import type { FormatOptions } from '../../format/format-options.ts';
import { needsJavaScript } from '../../plan/needs-javascript.ts';
import type { Case } from '../../plan/negative-plan.ts';
import type { Plan } from '../../plan/plan.ts';
import type { Program, ProgramField } from '../../plan/program.ts';
import { generateFile } from '../../rows/generate-file.ts';
import { prepareBytes } from '../../rows/prepare-bytes.ts';
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

const RUNS = process.env['FULL'] === undefined ? 240 : 10_000;

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

  it('is the same inside objects, lists of objects and lists, and of what is nested there', async () => {
    const inner = FIELDS.filter(({ name }) => !['words', 'mail', 'street'].includes(name));
    const given = fc.record({
      source: expression,
      format: fc.constantFrom(...FORMATS.filter(({ format }) => format !== 'custom')),
      from: fc.integer({ min: 0, max: 2 ** 30 }),
      where: fc.constantFrom('object', 'list', 'array'),
    });
    let compiled = 0;
    await fc.assert(
      fc.asyncProperty(given, async ({ source, format, from, where }) => {
        const fields = [...inner, field('x', 'derived', { expression: source })];
        const item = { type: 'template', options: { fields } };
        const count = { min: 0, max: 3 };
        const options = { object: { fields }, list: { fields, array: true, count }, array: { item, count } }[where];
        const outer = field('outer', where === 'array' ? 'array' : 'template', nulls(options));
        const plan = await planOf([field('id', 'sequence'), outer]).catch(() => undefined);
        const [, made] = plan?.fields ?? [];
        if (plan === undefined || made?.program.kind === 'column') return;
        compiled++;
        const expected = outcome(withPrograms(plan, uncompiled), format, from, from + 20);
        expect(outcome(plan, format, from, from + 20)).toBe(expected);
      }),
      { numRuns: RUNS / 8 },
    );
    // Or the test looks at nothing.
    expect(compiled).toBeGreaterThan(0);
  }, 300_000);

  it('is the same for any split of the rows, in files, and in rows that are wrong on purpose', async () => {
    const plan = await planOf([
      ...FIELDS,
      field('a', 'derived', { expression: 'm * price' }),
      field('b', 'derived', { expression: '{{first}} {{last}}, {{city}}: {{a}}' }),
    ]);
    const slow = withPrograms(plan, uncompiled);
    expect(plan.fields.some(({ program }) => program.kind === 'column')).toBe(false);
    const ndjson: FormatOptions = { format: 'ndjson' };
    expect([0, 7, 30].map((from, i) => textOf(plan, ndjson, from, [7, 30, 50][i] ?? 0)).join('')).toBe(
      textOf(slow, ndjson, 0, 50),
    );
    for (const format of ['parquet', 'avro', 'xlsx'] as const) {
      // Parts are of as many rows.
      expect(prepareBytes(plan, { format }).file).toEqual(prepareBytes(slow, { format }).file);
      expect(await fileOf(plan, { format })).toEqual(await fileOf(slow, { format }));
    }
    const negative = { mode: 'negative', share: 5000, labelColumn: 'wrong', cases: casesOf(['m', 'first']) } as const;
    expect(textOf({ ...plan, negative }, { format: 'csv' }, 0, 60)).toBe(
      textOf({ ...slow, negative }, { format: 'csv' }, 0, 60),
    );
  });

  it.each([
    ['year(first)', 'an error in every row'],
    ['upper(lower(words)) + (vip ? first : n)', 'an error in some rows'],
    ['m / price', 'a quotient of two fields'],
    ['price - 0.1 - 0.2', 'a number near to 0, which may have an exponent'],
    ['rate * rate * 0.001', 'a number that may be smaller than 10^-6'],
    ['round(price * 0.19, 2)', 'a rounding of what is rounded, at a tie'],
    ['big * big', 'more digits than a double holds'],
    ['id * 10000000', 'more digits than a double holds, in rows far away'],
    ['at > born', 'texts that are no dates alone'],
    ['words < last', 'an order that is not known'],
    ['left(words, 5)', 'a part of a text that is not listed'],
    ['replace(key, "-", "")', 'a part of a text that is not listed'],
    ['lower("Σ" + words)', 'a letter whose small form depends on the next'],
    ['sum([n, m])', 'a list'],
    ['place', 'an object'],
    ['add_days(born, big)', 'more days than there are'],
  ])('is left to JavaScript: %s, %s', async (source) => {
    const plan = withExpression(await planOf(FIELDS), source, 0);
    expect(needsJavaScript((plan.fields.at(-1) as ProgramField).program)).toBe(true);
  });

  it('stays in JavaScript with all of its object where the object would look otherwise', async () => {
    const of = async (...fields: TestField[]) => {
      const inside = [...fields, field('x', 'derived', { expression: '1 + 1' })];
      const [made] = (await planOf([field('o', 'template', { fields: inside })])).fields;
      return made?.program.kind === 'column';
    };
    expect(await of(field('price', 'currency'))).toBe(false);
    expect(await of(field('10', 'number'))).toBe(true);
    expect(await of(field('tiny', 'float', { decimals: 9 }))).toBe(true);
    expect(
      await of(
        field('total', 'derived', { expression: 'sum([1, 2])' }),
        field('list', 'derived', { expression: '[1]' }),
      ),
    ).toBe(true);
  });
});

async function fileOf(plan: Plan, format: FormatOptions): Promise<Uint8Array[]> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of generateFile(plan, format, 0, 300)) chunks.push(chunk.slice());
  return chunks;
}

/** Cases that put nothing in the place of fields. */
const casesOf = (names: readonly string[]): Case[] =>
  names.map((name) => ({
    field: name,
    around: [],
    name,
    rule: 'required',
    variant: 'null',
    holds: false,
    edit: { do: 'set', values: [null] },
  }));
