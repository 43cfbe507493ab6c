import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileTemplate } from '../compile/compile-template.ts';
import type { FormatOptions } from '../format/format-options.ts';
import { exampleTextFormats } from '../format/testing/example-formats.ts';
import { localeCodes } from '../locales/load-locale.ts';
import type { Label } from '../plan/negative-plan.ts';
import type { Plan } from '../plan/plan.ts';
import { add } from '../plan/program.ts';
import { generateRows } from '../rows/generate-rows.ts';
import { labelsOf } from '../rows/labels-of.ts';
import { makeByteGenerator } from '../rows/make-byte-generator.ts';
import { prepareBytes } from '../rows/prepare-bytes.ts';
import { parseTemplate } from '../template/parse-template.ts';
import type { Template } from '../template/template.ts';
import { defineType } from '../types/field-type.ts';
import { allTypes } from '../types/registry.ts';
import { RESOURCES, type TestField, textOf } from '../types/testing/compiled.ts';
import type { NegativeOptions } from './negative-options.ts';
import { isKnown, RowValidator } from './testing/row-validator.ts';

const NOW = Date.UTC(2026, 0, 1);

async function made(fields: readonly TestField[], negative?: NegativeOptions, seed = 'test', locale?: string) {
  const parsed = parseTemplate(
    { name: 'test', ...(locale === undefined ? {} : { locale }), fields },
    { resources: RESOURCES },
  );
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  const compiled = await compileTemplate(parsed.value, {
    seed,
    now: NOW,
    ...(negative === undefined ? {} : { negative }),
  });
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics));
  return { template: parsed.value, plan: compiled.value };
}

const casesOf = (plan: Plan) => plan.negative?.cases ?? [];

/** Every row breaks what its label says and nothing else; returns the labels. */
function expectLabelled(template: Template, plan: Plan, rows: number, country: string | null = null): Label[] {
  const validator = new RowValidator(template, { now: NOW, country });
  const labels = new Map([...labelsOf(plan, 0, rows)].map((label) => [label.row, label]));
  // Compared in one go: an assertion of its own for each row would take longer than making the rows.
  const found = generateRows(plan, 0, rows).map((row, index) => ({
    index,
    label: labels.get(index),
    found: validator.check(row),
  }));
  expect(found).toEqual(
    found.map(({ index, label }) => ({
      index,
      label,
      found: label === undefined || label.holds ? [] : [{ field: label.field, rule: label.rule }],
    })),
  );
  return [...labels.values()];
}

/** Fields with every kind of rule. */
const field = fc.oneof(
  fc.record({ type: fc.constant('number'), options: range(-50, 200) }),
  fc.record({
    type: fc.constant('float'),
    options: fc.tuple(range(-5, 20), fc.nat(4)).map(([o, decimals]) => ({ ...o, decimals })),
  }),
  fc.record({ type: fc.constant('currency'), options: range(0, 20) }),
  fc.constant({ type: 'boolean', options: {} }),
  fc.constantFrom(
    { type: 'enum', options: { values: ['new', 'paid', 'shipped'] } },
    { type: 'enum', options: { values: [1, 2, 3] } },
    { type: 'enum', options: { values: ['', null, true, 'x'] } },
    { type: 'enum', options: { values: ['NEW', 'new'] } },
    { type: 'constant', options: { value: 'EUR' } },
  ),
  fc.constantFrom(
    { type: 'date', options: {} },
    { type: 'date', options: { min: '2024-02-28', max: '2024-03-01' } },
    { type: 'date', options: { min: '2025-12-31', max: 'now' } },
    { type: 'datetime', options: {} },
    { type: 'datetime', options: { min: '2024-02-28', max: 'now', precision: 'seconds' } },
    { type: 'time', options: {} },
    { type: 'time', options: { min: '08:00:00', max: '08:00:01' } },
  ),
  fc
    .constantFrom(
      '[A-Z]{2,4}-\\d{3}',
      '(red|green|blue)[0-9]?',
      'x{3}',
      '[a-c]+',
      '.{2,5}',
      '\\w*@\\w+',
      'a?',
      '(ab){1,3}c*',
    )
    .map((pattern) => ({ type: 'regex', options: { pattern } })),
  fc.constantFrom('words', 'sentence').map((type) => ({ type, options: {} })),
  fc
    .constantFrom(...['uuid', 'email', 'url', 'ipv4', 'phone', 'country_code', 'first_name', 'postcode', 'city'])
    .map((type) => ({ type, options: {} })),
  fc.constantFrom('iban', 'credit_card_number', 'national_id').map((type) => ({ type, options: {} })),
  fc.constantFrom({ type: 'sequence', options: {} }, { type: 'sequence', options: { prefix: 'A-', width: 6 } }),
  fc.constant({ type: 'derived', options: { expression: '1 + 1' } }),
);

function range(from: number, to: number): fc.Arbitrary<{ min: number; max: number }> {
  return fc.tuple(fc.integer({ min: from, max: to }), fc.nat(30)).map(([min, more]) => ({ min, max: min + more }));
}

interface Made {
  readonly type: string;
  readonly options: Readonly<Record<string, unknown>>;
}

const nullable = fc.tuple(field, fc.constantFrom(0, 0, 40)).map(
  ([{ type, options }, share]): Made => ({
    type,
    options: share === 0 ? options : { ...options, null_percentage: share },
  }),
);

const named = (list: readonly Made[]): TestField[] => list.map((one, i) => ({ name: `f${i}`, ...one }));

const nested = fc
  .tuple(fc.array(nullable, { minLength: 1, maxLength: 3 }), fc.boolean(), fc.nat(2), fc.nat(3), fc.constantFrom(0, 40))
  .map(
    ([inner, array, min, more, share]): Made => ({
      type: 'template',
      options: { fields: named(inner), array, count: { min, max: min + more }, null_percentage: share },
    }),
  );

const uniques: readonly Made[] = [
  { type: 'number', options: { min: 1, max: 5000, unique: true } },
  { type: 'regex', options: { pattern: '[A-Z]{3}\\d{4}', unique: true, null_percentage: 20 } },
  { type: 'email', options: { unique: true } },
  { type: 'words', options: { count: { min: 2, max: 4 }, unique: true } },
];

const template = fc
  .tuple(
    fc.array(fc.oneof({ weight: 3, arbitrary: nullable }, { weight: 1, arbitrary: nested }), {
      minLength: 1,
      maxLength: 6,
    }),
    fc.subarray([...uniques]),
  )
  .map(([fields, more]) => named([...fields, { type: 'boolean', options: {} }, ...more]));

describe('negative rows', () => {
  it('break the one rule that their label names, and go through all ways to do so first', async () => {
    await fc.assert(
      fc.asyncProperty(template, fc.constantFrom(100, 50, 12.5), fc.string(), async (fields, share, seed) => {
        const { template, plan } = await made(fields, { mode: 'negative', share }, seed);
        const all = casesOf(plan);
        const rows = Math.ceil((all.length + 1) * (100 / share));
        const labels = expectLabelled(template, plan, Math.min(rows + 40, plan.capacity));
        const key = (label: { field: string; rule: string; variant: string }) =>
          `${label.field.replaceAll(/\[\d+\]/g, '[]')} ${label.rule} ${label.variant}`;
        expect(new Set(labels.slice(0, all.length).map(key))).toEqual(new Set(all.map(key)));
      }),
      { numRuns: 40 },
    );
  });

  it('are the right row of their number but for the one field', async () => {
    const fields = named([
      ...uniques,
      { type: 'derived', options: { expression: 'f0 * 2' } },
      { type: 'currency', options: {} },
    ]);
    const right = generateRows((await made(fields)).plan, 0, 300);
    const { plan } = await made(fields, { mode: 'negative', share: 60, labelColumn: null });
    const labels = new Map([...labelsOf(plan, 0, 300)].map((label) => [label.row, label]));
    expect(labels.size).toBe(180);
    generateRows(plan, 0, 300).forEach((row, index) => {
      const label = labels.get(index);
      if (label !== undefined) expect(row[label.field]).toEqual(label.value);
      const repaired = label === undefined ? row : { ...row, [label.field]: right[index]?.[label.field] };
      // Where values are repeated on purpose, row 0 has them all.
      if (index > 0) expect(repaired).toEqual(right[index]);
    });
  });

  it('are written as right rows are, byte for byte, where they are right', async () => {
    const fields = named([
      { type: 'currency', options: { null_percentage: 20 } },
      { type: 'datetime', options: {} },
      { type: 'date', options: { unique: true } },
      { type: 'first_name', options: {} },
      { type: 'boolean', options: {} },
    ]);
    const formats: FormatOptions[] = [
      { format: 'ndjson' },
      ...(['oracle', 'mysql'] as const).map((dialect) => ({ format: 'sql', dialect, batch: 1 }) as const),
    ];
    for (const format of formats) {
      const right = textOf((await made(fields)).plan, format, 1, 200).split('\n');
      const { plan } = await made(fields, { mode: 'negative', share: 25, labelColumn: null });
      const lines = textOf(plan, format, 1, 200).split('\n');
      const same = lines.filter((line, i) => line === right[i]).length;
      expect(lines.length - same).toBe(50);
    }
  });

  it('are spread as the share says', async () => {
    for (const share of [0.01, 1, 33.33, 99.99, 100]) {
      const { plan } = await made([{ name: 'v', type: 'boolean' }], { mode: 'negative', share });
      expect([...labelsOf(plan, 0, 10_000)]).toHaveLength(share * 100);
    }
  });

  it('repeat the value of a right row, which has one', async () => {
    const fields = named(uniques);
    for (const share of [100, 50]) {
      const { plan } = await made(fields, { mode: 'negative', share, rules: ['unique'] });
      const labels = [...labelsOf(plan, 0, 200)];
      const rows = generateRows(plan, 0, 200);
      const broken = new Set(labels.map((label) => label.row));
      expect(broken.size).toBe(share === 100 ? 199 : 100);
      for (const { row, field, value } of labels) {
        const first = rows.findIndex((one) => one[field] === value);
        expect(first).toBeLessThan(row);
        expect(broken.has(first)).toBe(false);
        expect(value).not.toBeNull();
      }
    }
  });

  it('hold to the rules and fields asked for', async () => {
    const fields = named([...uniques, { type: 'template', options: { fields: [{ name: 'a', type: 'date' }] } }]);
    const { plan } = await made(fields, { mode: 'negative', rules: ['required', 'range'], fields: ['f0', 'f4'] });
    expect(casesOf(plan).map(({ field, rule, variant }) => `${field} ${rule} ${variant}`)).toEqual([
      'f0 required null',
      'f4 required null',
      'f4.a required null',
      'f0 range below min',
      'f4.a range below min',
      'f0 range above max',
      'f4.a range above max',
    ]);
  });

  it('have no numbers for texts where the output does not tell them apart', async () => {
    const fields = named([
      { type: 'first_name', options: {} },
      { type: 'number', options: {} },
    ]);
    const variants = async (typed: boolean) =>
      casesOf((await made(fields, { mode: 'negative', typed })).plan).map(({ variant }) => variant);
    expect(await variants(true)).toContain('number in place of a text');
    expect(await variants(false)).toEqual(
      (await variants(true)).filter((name) => !/in place of a text|in quotes/.test(name)),
    );
  });
});

describe('boundary rows', () => {
  it('stand at the bounds and one step beside them, and say whether the rule holds', async () => {
    await fc.assert(
      fc.asyncProperty(template, fc.string(), async (fields, seed) => {
        const parsed = parseTemplate({ name: 't', fields });
        if (!parsed.ok) throw new Error('the template is fine');
        const compiled = await compileTemplate(parsed.value, { seed, now: NOW, negative: { mode: 'boundary' } });
        if (!compiled.ok) {
          expect(compiled.diagnostics[0]?.code).toBe('nothing_to_break');
          return;
        }
        const plan = compiled.value;
        const labels = expectLabelled(parsed.value, plan, Math.min(casesOf(plan).length + 30, plan.capacity));
        expect(labels.length).toBeGreaterThan(0);
      }),
      { numRuns: 25 },
    );
  });

  it.each([
    ['number', { min: 5, max: 9 }, [4, 5, 6, 8, 9, 10]],
    ['number', { min: 5, max: 5 }, [4, 5, 6]],
    ['number', { min: 0.5, max: 2.5 }, [0, 1, 2, 3]],
    ['float', { min: 0, max: 1, decimals: 3 }, [-0.001, 0, 0.001, 0.999, 1, 1.001]],
    [
      'date',
      { min: '2024-02-28', max: '2024-12-31' },
      ['2024-02-27', '2024-02-28', '2024-02-29', '2024-12-30', '2024-12-31', '2025-01-01'],
    ],
    ['time', { min: '00:00:00', max: '12:00:00' }, ['00:00:00', '00:00:01', '11:59:59', '12:00:00', '12:00:01']],
    [
      'datetime',
      { min: '2024-01-01', max: '2024-01-02', precision: 'seconds' },
      [
        '2023-12-31T23:59:59Z',
        '2024-01-01T00:00:00Z',
        '2024-01-01T00:00:01Z',
        '2024-01-01T23:59:59Z',
        '2024-01-02T00:00:00Z',
        '2024-01-02T00:00:01Z',
      ],
    ],
  ])('%s %j', async (type, options, values) => {
    const { plan } = await made([{ name: 'v', type, options }], { mode: 'boundary' });
    expect(casesOf(plan)).toHaveLength(values.length);
    expect([...labelsOf(plan, 0, values.length)].map(({ value }) => value)).toEqual(values);
  });

  it.each([
    ['[a-z]{3,5}', [2, 3, 4, 5, 6]],
    ['(ab){1,2}', [1, 2, 3, 4, 5]],
    ['\\d{4}', [3, 4, 5]],
    ['[a-z]{2}[a-z]*', [1, 2, 3]],
  ])('texts of %s have lengths at the bounds', async (pattern, lengths) => {
    const { template, plan } = await made([{ name: 'v', type: 'regex', options: { pattern } }], { mode: 'boundary' });
    const labels = expectLabelled(template, plan, lengths.length);
    // A length that no text of the pattern has cannot be right.
    const possible = lengths.filter((length) => pattern !== '(ab){1,2}' || length !== 3);
    expect(labels.slice(0, possible.length).map(({ value }) => String(value).length)).toEqual(possible);
  });

  it('make lists of every length at the bounds', async () => {
    const options = { fields: [{ name: 'a', type: 'boolean' }], array: true, count: { min: 1, max: 3 } };
    const { plan } = await made([{ name: 'v', type: 'template', options }], { mode: 'boundary' });
    const labels = [...labelsOf(plan, 0, 5)];
    expect(labels.map(({ value, holds }) => [(value as unknown[]).length, holds])).toEqual([
      [0, false],
      [1, true],
      [2, true],
      [3, true],
      [4, false],
    ]);
  });
});

describe('every type', () => {
  const inEngine = allTypes.filter(({ external }) => external === undefined);
  const withExample = (type: (typeof allTypes)[number]): TestField[] => [
    { name: 'ok', type: 'boolean' },
    ...(type.exampleFields ?? []),
    { name: 'v', type: type.key, options: type.exampleOptions ?? {} },
  ];

  it.each(inEngine.map((type) => [type.key, type] as const))(
    '%s breaks its own rules one by one, and keeps them elsewhere',
    async (_, type) => {
      const { template, plan } = await made(withExample(type), { mode: 'negative', share: 50 });
      const rows = Math.min(400, plan.capacity);
      const labels = isKnown(type) ? expectLabelled(template, plan, rows) : [...labelsOf(plan, 0, rows)];
      const right = generateRows((await made(withExample(type))).plan, 0, rows);
      const same = labels.filter(
        ({ row, field, value }) => (field === 'ok' || field === 'v') && isDeepStrictEqual(value, right[row]?.[field]),
      );
      expect(same).toEqual([]);
    },
  );

  it.each(localeCodes())('keeps its own rules in %s', async (locale) => {
    const types = allTypes.filter(
      (type) => type.rules !== undefined && type.exampleOptions === undefined && isKnown(type),
    );
    const fields = types.flatMap((type) => [
      { name: type.key, type: type.key },
      ...(type.notUnique === undefined
        ? [{ name: `${type.key} once`, type: type.key, options: { unique: true } }]
        : []),
    ]);
    const { template, plan } = await made(fields, { mode: 'negative', share: 50 }, 'locales', locale);
    expectLabelled(template, plan, Math.min(600, plan.capacity), /_([A-Z]{2})$/.exec(locale)?.[1] ?? null);
  });
});

describe('the bytes of wrong rows', () => {
  const fields = named([
    ...uniques,
    { type: 'currency', options: {} },
    { type: 'derived', options: { expression: 'f4 * 2' } },
  ]);
  const formats = exampleTextFormats(fields.map(({ name }) => name));

  it.each(['negative', 'boundary'] as const)(
    'are the same for the same seed, however the rows are split (%s)',
    async (mode) => {
      const [{ plan }, again, other] = [
        await made(fields, { mode, share: 70 }),
        await made(fields, { mode, share: 70 }),
        await made(fields, { mode, share: 70 }, 'other'),
      ];
      const [from, to] = [3, 300];
      for (const format of formats) {
        const whole = textOf(plan, format, from, to);
        expect(textOf(again.plan, format, from, to), format.format).toBe(whole);
        expect(textOf(other.plan, format, from, to), format.format).not.toBe(whole);
        // Like two threads: each makes every second stretch.
        const prepared = prepareBytes(plan, format);
        const generators = [makeByteGenerator(prepared), makeByteGenerator(prepared)] as const;
        for (const cuts of [[4], [5, 6, 100], [130, 259]]) {
          const bounds = [from, ...cuts, to];
          const parts = bounds.slice(1).map((end, i) => {
            const stretch = { start: bounds[i] as number, end, from, to };
            let text = '';
            for (const bytes of generators[(i % 2) as 0 | 1].bytes(stretch)) text += new TextDecoder().decode(bytes);
            return text;
          });
          expect(parts.join(''), format.format).toBe(whole);
        }
      }
    },
  );

  it('can be had from any row on', async () => {
    const { plan } = await made(fields, { mode: 'negative' });
    const lines = textOf(plan, { format: 'ndjson' }, 0, 1200).split('\n');
    for (const from of [1, 77, 1023, 1024, 1100])
      expect(
        textOf(plan, { format: 'ndjson' }, from, from + 5)
          .split('\n')
          .slice(0, 5),
      ).toEqual(lines.slice(from, from + 5));
    expect([...labelsOf(plan, 900, 1100)]).toEqual([...labelsOf(plan, 0, 1100)].filter(({ row }) => row >= 900));
  });
});

describe('references', () => {
  const type = defineType({
    key: 'customer_reference',
    label: 'Customer',
    family: 'structure',
    summary: 'The number of a customer.',
    options: {},
    example: 7,
    rules: () => ({
      wrong: [{ rule: 'reference', variant: 'row that does not exist', edit: { do: 'set', values: [0, -1] } }],
    }),
    build: (_, { choose }) => ({ kind: 'integer', body: [{ p: 'integer', value: add(choose(10), 1) }] }),
  });

  it('lead nowhere where a type says how', async () => {
    const common = {
      ...{ nullPercentage: 0, unique: false, locale: undefined, sensitive: false, group: undefined },
      weighting: 'uniform',
    } as const;
    const template: Template = {
      name: 'orders',
      fields: [{ name: 'customer', pointer: '/fields/0', type, options: {}, common }],
    };
    const negative = { mode: 'negative', rules: ['reference'], share: 50 } as const;
    const compiled = await compileTemplate(template, { seed: 'test', negative });
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics));
    const labels = [...labelsOf(compiled.value, 0, 20)];
    expect(labels).toHaveLength(10);
    for (const label of labels) expect([0, -1]).toContain(label.value);
    const isThere = (_: string, value: unknown): boolean => (value as number) >= 1 && (value as number) <= 10;
    const found = generateRows(compiled.value, 0, 20).map((row) => isThere('customer', row['customer']));
    expect(found.map((there, row) => (there ? -1 : row)).filter((row) => row >= 0)).toEqual(
      labels.map(({ row }) => row),
    );
  });

  it.each([
    [{ name: 'id', type: 'sequence' }, 0],
    [{ name: 'id', type: 'sequence', options: { start: 100, step: -5, prefix: 'C' } }, 'C101'],
    [{ name: 'id', type: 'number', options: { min: 10, max: 99 } }, 9],
    [{ name: 'id', type: 'uuid' }, '00000000-0000-4000-8000-000000000000'],
  ] as const)('to %j lead nowhere', async (target, absent) => {
    const options = { fields: [target], field: 'id', rows: 50 };
    const fields = [{ name: 'to', type: 'reference', options }];
    const { plan } = await made(fields, { mode: 'negative', rules: ['reference'] });
    const rows = generateRows(plan, 0, 5);
    expect(rows.map((row) => row['to'])).toEqual(Array(5).fill(absent));
    expect([...labelsOf(plan, 0, 5)].map(({ rule }) => rule)).toEqual(Array(5).fill('reference'));
  });
});
