import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileTemplate } from '../compile/compile-template.ts';
import type { FormatOptions } from '../format/format-options.ts';
import { exampleTextFormats } from '../format/testing/example-formats.ts';
import type { Plan } from '../plan/plan.ts';
import { reseed } from '../plan/reseed.ts';
import { parseTemplate } from '../template/parse-template.ts';
import { planOf, type TestField, textOf } from '../types/testing/compiled.ts';
import { prepareGenerator } from './prepare-generator.ts';
import type { ResidentGenerator } from './resident-generator.ts';

const CAPACITY = 5000;

/** Every kind of key: draws, groups, nulls, permutations, of rows and of children, of other templates' rows. */
const COMPILED: readonly TestField[] = [
  { name: 'id', type: 'number', options: { min: 1, max: CAPACITY, unique: true } },
  { name: 'uuid', type: 'uuid' },
  { name: 'name', type: 'full_name' },
  { name: 'mail', type: 'email', options: { null_percentage: 30 } },
  { name: 'status', type: 'enum', options: { values: ['a', 'b', 'c'], weights: [70, 20, 10] } },
  { name: 'amount', type: 'currency', options: { mean: 100, stddev: 50, min: 0, max: 500 } },
  { name: 'code', type: 'regex', options: { pattern: '[A-F]{3}[0-9]{2}', unique: true } },
  { name: 'note', type: 'words', options: { count: { min: 1, max: 9 } } },
  {
    name: 'lines',
    type: 'template',
    options: {
      array: true,
      count: { min: 0, max: 4 },
      fields: [
        { name: 'sku', type: 'number', options: { min: 0, max: 10_000_000, unique: true } },
        { name: 'city', type: 'city', options: { null_percentage: 20 } },
        { name: 'country', type: 'country_code' },
      ],
    },
  },
  {
    name: 'parent',
    type: 'reference',
    options: { fields: [{ name: 'key', type: 'uuid' }], field: 'key', rows: 40 },
  },
];

const MADE_IN_JAVASCRIPT: readonly TestField[] = [
  ...COMPILED,
  { name: 'sum', type: 'running_total', options: { field: 'amount', every: 70, null_percentage: 10 } },
  { name: 'double', type: 'derived', options: { expression: 'amount * 2', null_percentage: 20 } },
  { name: 'token', type: 'jwt' },
  { name: 'kind', type: 'mapped', options: { field: 'status', map: { a: 'first' }, default: 'other' } },
];

async function withWrongRows(): Promise<Plan> {
  const parsed = parseTemplate({ name: 'wrong', fields: MADE_IN_JAVASCRIPT });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  const plan = await compileTemplate(parsed.value, { seed: 'any', now: 0, negative: { mode: 'negative', share: 30 } });
  if (!plan.ok) throw new Error(JSON.stringify(plan.diagnostics));
  return plan.value;
}

const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const ranges = fc.tuple(fc.nat(CAPACITY - 1), fc.nat(300)).map(([from, count]) => [from, count] as const);
const formats = exampleTextFormats(['id', 'name', 'mail']);

async function sameAsFresh(plan: Plan, format: FormatOptions, numRuns: number): Promise<void> {
  const generator = prepareGenerator(plan, format);
  fc.assert(
    fc.property(fc.constantFrom('a', 'b', ''), fc.string(), ranges, fc.boolean(), (few, many, [from, count], given) => {
      const seed = few === '' ? many : few;
      const to = Math.min(plan.capacity, from + count);
      const start = Math.min(from, to);
      // Some requests are given up after their first chunk.
      if (given) for (const _ of generator.bytes(`${seed}!`, start, to)) break;
      expect(decode(generator.whole(seed, start, to))).toBe(textOf(reseed(plan, seed), format, start, to));
    }),
    { numRuns },
  );
}

describe('a resident generator', () => {
  it.each(formats)('gives what a generation of that seed gives, whatever it gave before ($format)', async (format) => {
    await sameAsFresh(await planOf(COMPILED), format, 25);
  });

  it('does so where values are made in JavaScript, and where rows are wrong on purpose', async () => {
    await sameAsFresh(await planOf(MADE_IN_JAVASCRIPT), { format: 'json' }, 15);
    await sameAsFresh(await withWrongRows(), { format: 'csv' }, 8);
  });

  it('gives what a template compiled with the seed gives', async () => {
    const generator = prepareGenerator(await planOf(MADE_IN_JAVASCRIPT, 'other'), { format: 'ndjson' });
    const compiled = await planOf(MADE_IN_JAVASCRIPT, 'mine');
    expect(decode(generator.whole('mine', 3, 90))).toBe(textOf(compiled, { format: 'ndjson' }, 3, 90));
  });

  it('gives ranges larger than a chunk, and the memory it holds does not grow with them', async () => {
    const plan = await planOf(COMPILED, 'large');
    const generator = prepareGenerator(plan, { format: 'json' });
    const held = generator.byteSize;
    expect(held).toBeGreaterThan(64 * 1024);
    expect(decode(generator.whole('large', 0, plan.capacity))).toBe(textOf(plan, { format: 'json' }, 0, plan.capacity));
    expect(generator.byteSize).toBe(held);
  });

  it.each(formats)(
    'gives the same in stretches, wherever these end and whoever makes them ($format)',
    async (format) => {
      const plan = await planOf(MADE_IN_JAVASCRIPT, 'cut');
      // Two processes, which know nothing of each other.
      const makers = [prepareGenerator(plan, format), prepareGenerator(plan, format)];
      fc.assert(
        fc.property(ranges, fc.array(fc.nat(300), { maxLength: 5 }), ([from, count], cuts) => {
          const to = Math.min(plan.capacity, from + count + 1);
          const ends = [...cuts.map((cut) => Math.min(to, from + cut)), to].toSorted((a, b) => a - b);
          let text = '';
          let start = from;
          for (const [index, end] of ends.entries()) {
            if (end === start) continue;
            const chunks = makers[index % 2]?.stretch('cut', { start, end, from, to }) ?? [];
            for (const chunk of chunks) text += decode(chunk);
            start = end;
          }
          expect(text).toBe(textOf(plan, format, from, to));
        }),
        { numRuns: 12 },
      );
    },
  );

  it('says so when it is used again before its rows are read', async () => {
    const plan = await planOf(COMPILED);
    const generator = prepareGenerator(plan, { format: 'json' });
    const first = readerOf(generator, 'first');
    first.next();
    const second = readerOf(generator, 'second');
    second.next();
    expect(() => first.next()).toThrow(/used for other rows/);
    expect(() => second.next()).not.toThrow();
  });

  it('refuses files and ranges that unique fields cannot fill', async () => {
    const plan = await planOf(COMPILED);
    expect(() => prepareGenerator(plan, { format: 'xlsx' })).toThrow(TypeError);
    expect(() => prepareGenerator(plan, { format: 'json' }).bytes('x', 0, CAPACITY + 1)).toThrow(RangeError);
  });
});

const readerOf = (generator: ResidentGenerator, seed: string): Iterator<Uint8Array> =>
  generator.bytes(seed, 0, 2000)[Symbol.iterator]();
