import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileTemplate } from '../compile/compile-template.ts';
import type { FormatOptions } from '../format/format-options.ts';
import { generateRows } from '../rows/generate-rows.ts';
import { run } from '../run/run.ts';
import { stream } from '../run/stream.ts';
import { parseTemplate } from '../template/parse-template.ts';
import { ExternalError } from './external-error.ts';
import type { ExternalMaker } from './external-maker.ts';
import { settled } from './settled.ts';

const python = (name: string, more: object = {}) => ({ name, type: 'python', options: { code: name, ...more } });
const derived = (name: string, expression: string) => ({ name, type: 'derived', options: { expression } });

async function planOf(fields: readonly object[], seed = 's') {
  const template = parseTemplate({ fields });
  if (!template.ok) throw new Error(JSON.stringify(template.diagnostics));
  const plan = await compileTemplate(template.value, { seed, external: ['python'] });
  if (!plan.ok) throw new Error(plan.diagnostics.map(({ code }) => code).join());
  return plan.value;
}

/** Says of each value where it is from, and what was shown. */
const telling: ExternalMaker = async ({ level, indices, objects }) =>
  level.fields.map(({ path, name }) =>
    objects.map((object, i) => (object[name] === null ? null : `${path} ${indices[i]} ${JSON.stringify(object)}`)),
  );
/** One that is not told apart by what it sees. */
const numbering: ExternalMaker = async ({ level, indices, objects }) =>
  level.fields.map(({ name }) => objects.map((object, i) => (object[name] === null ? null : indices[i])));

async function rowsOf(fields: readonly object[], from: number, to: number, make = telling) {
  return generateRows(await settled(await planOf(fields), make, from, to), from, to);
}

async function textOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk.slice());
  return Buffer.concat(parts).toString('latin1');
}

const MANY = [
  { name: 'id', type: 'sequence' },
  { name: 'age', type: 'number', options: { min: 1, max: 9, null_percentage: 20 } },
  derived('twice', 'age * 2'),
  derived('town', 'upper(city)'),
  python('a', { null_percentage: 30 }),
  derived('more', 'a ?? -1'),
  python('b'),
  { name: 'city', type: 'city' },
  {
    name: 'lines',
    type: 'template',
    options: {
      array: true,
      count: { min: 0, max: 3 },
      fields: [{ name: 'n', type: 'number', options: { min: 0, max: 5 } }, python('sku'), derived('s', 'sku + n')],
    },
  },
  { name: 'home', type: 'object', options: { null_percentage: 40, fields: [python('key')] } },
];

describe('what a program outside is shown', () => {
  it('are the fields above it, without those that values from outside have a part in', async () => {
    const plan = await planOf(MANY);
    const shown: Record<string, Set<string>> = {};
    await settled(
      plan,
      async (block) => {
        for (const object of block.objects) {
          shown[block.level.path] ??= new Set();
          for (const name of Object.keys(object)) shown[block.level.path]?.add(name);
        }
        return numbering(block);
      },
      0,
      50,
    );
    expect(Object.fromEntries(Object.entries(shown).map(([path, names]) => [path, [...names]]))).toEqual({
      '': ['id', 'age', 'twice', 'town', 'a', 'b'],
      '/lines': ['n', 'sku'],
      '/home': ['key'],
    });
  });
});

describe('values from outside', () => {
  it('are spliced in at every level, and other fields are made from them', async () => {
    const rows = await rowsOf([...MANY, derived('skus', 'sum(lines[*].sku)')], 0, 60, numbering);
    for (const [i, row] of rows.entries()) {
      const lines = row['lines'] as { n: number; sku: number; s: number }[];
      expect(row['a'] === null || row['a'] === i).toBe(true);
      expect(row['more']).toBe(row['a'] ?? -1);
      expect(row['b']).toBe(i);
      expect(lines.map(({ sku }) => sku)).toEqual(lines.map((_, child) => i * 3 + child));
      for (const { n, sku, s } of lines) expect(s).toBe(sku + n);
      expect(row['skus']).toBe(lines.reduce((sum, { sku }) => sum + sku, 0));
      expect(row['home'] === null || (row['home'] as { key: number }).key === i).toBe(true);
    }
    expect(rows.some(({ a }) => a === null)).toBe(true);
    expect(rows.some(({ home }) => home === null)).toBe(true);
  });

  it('are the same in every range', async () => {
    const whole = await rowsOf(MANY, 0, 120);
    await fc.assert(
      fc.asyncProperty(fc.nat(119), fc.nat(119), async (one, other) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other)];
        expect(await rowsOf(MANY, from, to)).toEqual(whole.slice(from, to));
      }),
      { numRuns: 15 },
    );
  });

  it.each<FormatOptions>([
    { format: 'json' },
    { format: 'ndjson' },
    { format: 'csv' },
    { format: 'sql' },
    { format: 'xlsx' },
    { format: 'parquet' },
  ])('are in $format, whatever the number of threads and of rows at a time', async (format) => {
    const fields = [{ name: 'id', type: 'sequence' }, python('p'), derived('q', "p + '!'")];
    const plan = await planOf(fields);
    const streamed = await textOf(stream(plan, { format, to: 3000, external: telling }));
    const parts: Buffer[] = [];
    await run(
      plan,
      { format, to: 3000, threads: 2, external: telling },
      (chunk) => void parts.push(Buffer.from(chunk)),
    );
    expect(Buffer.concat(parts).toString('latin1')).toBe(streamed);
    if (format.format === 'ndjson') expect(streamed.trim().split('\n')).toHaveLength(3000);
    if (format.format === 'csv') expect(streamed).toContain('/p 2999');
  });

  it('do not change what other fields are', async () => {
    const others = MANY.filter(({ name }) => ['id', 'age', 'twice', 'city'].includes(name));
    const plan = await planOf(others);
    const alone = generateRows(plan, 0, 40);
    const beside = await rowsOf(MANY, 0, 40);
    expect(beside.map(({ id, age, twice, city }) => ({ id, age, twice, city }))).toEqual(alone);
  });

  it('do not hinder running totals of other fields', async () => {
    const fields = [
      { name: 'n', type: 'number', options: { min: 1, max: 9 } },
      { name: 'sum', type: 'running_total', options: { field: 'n', every: 100 } },
      python('p'),
    ];
    const whole = await rowsOf(fields, 0, 200, numbering);
    expect(await rowsOf(fields, 150, 160, numbering)).toEqual(whole.slice(150, 160));
  });
});

describe('what cannot be', () => {
  it.each([
    ['text', 1],
    ['number', '1'],
    ['integer', 1.5],
    ['boolean', 'true'],
  ])('is refused where a field says that it returns %s', async (returns, value) => {
    const made = rowsOf([python('p', { returns })], 0, 5, async ({ objects, rows }) => [
      objects.map((_, i) => (rows[i] === 3 ? value : null)),
    ]);
    await expect(made).rejects.toThrow(ExternalError);
    await expect(made).rejects.toMatchObject({ code: 'wrong_type', diagnostic: { pointer: '/fields/0' }, row: 3 });
  });

  it('is refused when it is too large', async () => {
    const made = rowsOf([python('p')], 0, 1, async () => [['x'.repeat(2 ** 20 + 1)]]);
    await expect(made).rejects.toMatchObject({ code: 'value_too_large', row: 0 });
  });

  it.each([
    [[python('p'), { name: 't', type: 'running_total', options: { field: 'p' } }], '/fields/1/options/field'],
    [
      [python('p'), derived('d', 'p'), { name: 't', type: 'running_total', options: { field: 'd' } }],
      '/fields/2/options/field',
    ],
    [
      [{ name: 'l', type: 'array', options: { of: { type: 'python', options: { code: 'x' } } } }],
      '/fields/0/options/of',
    ],
  ])('is refused in a template', async (fields, pointer) => {
    const template = parseTemplate({ fields });
    const plan = template.ok ? await compileTemplate(template.value, { external: ['python'] }) : template;
    expect(plan).toMatchObject({ ok: false, diagnostics: [{ code: 'external_not_possible', pointer }] });
  });

  it('is made by nobody where nobody says that they make it', async () => {
    const template = parseTemplate({ fields: [python('p')] });
    const plan = template.ok ? await compileTemplate(template.value) : template;
    expect(plan).toMatchObject({ ok: false, diagnostics: [{ code: 'needs_a_worker', pointer: '/fields/0/type' }] });
    await expect(planOf([python('p')]).then((made) => generateRows(made, 0, 1))).rejects.toThrow('was to be given');
  });
});
