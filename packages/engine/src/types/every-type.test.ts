import { describe, expect, it } from 'vitest';
import { exampleTextFormats } from '../format/testing/example-formats.ts';
import type { Plan } from '../plan/plan.ts';
import { generateRows } from '../rows/generate-rows.ts';
import { makeByteGenerator } from '../rows/make-byte-generator.ts';
import { prepareBytes } from '../rows/prepare-bytes.ts';
import { allTypes } from './registry.ts';
import { planOf, type TestField, textOf } from './testing/compiled.ts';

const ROWS = 300;
const formats = exampleTextFormats(['v']);
const neighbours: TestField[] = [
  { name: 'before', type: 'first_name' },
  { name: 'after', type: 'email', options: { null_percentage: 30 } },
];

const made = allTypes.filter(({ external }) => external === undefined);

/** What holds for each type, whatever it makes. */
describe.each(made.map((type) => [type.key, type] as const))('type %s', (_, type) => {
  const options = type.exampleOptions ?? {};
  const field: TestField = { name: 'v', type: type.key, options };
  const others = type.exampleFields ?? [];
  const valuesOf = (plan: Plan): unknown[] => generateRows(plan, 0, ROWS).map((row) => row['v']);

  it('gives the same values for the same seed and others for another', async () => {
    const [a, b, c] = [
      await planOf([...others, field], 'a'),
      await planOf([...others, field], 'a'),
      await planOf([...others, field], 'b'),
    ];
    expect(generateRows(a, 0, ROWS)).toEqual(generateRows(b, 0, ROWS));
    if (type.seedless !== true) expect(valuesOf(a)).not.toEqual(valuesOf(c));
  });

  it.each(formats)('gives the same bytes however the rows are split ($format)', async (format) => {
    const plan = await planOf([...others, { ...field, options: { ...options, null_percentage: 10 } }]);
    const [from, to] = [3, ROWS];
    const whole = textOf(plan, format, from, to);
    for (const cuts of [[4], [5, 6, 100], [3 + 128, 3 + 256]]) {
      const bounds = [from, ...cuts, to];
      const parts = bounds.slice(1).map((end, i) => {
        const stretch = { start: bounds[i] as number, end, from, to };
        return decode(makeByteGenerator(prepareBytes(plan, format)).bytes(stretch));
      });
      expect(parts.join('')).toBe(whole);
    }
  });

  it.each(formats)('gives the same bytes without vector instructions ($format)', async (format) => {
    const plan = await planOf([...others, field]);
    const bytes = (simd: boolean): string =>
      decode(makeByteGenerator(prepareBytes(plan, format, { simd })).bytes({ start: 0, end: ROWS, from: 0, to: ROWS }));
    expect(bytes(false)).toBe(bytes(true));
  });

  it('does not depend on its neighbours', async () => {
    const alone = valuesOf(await planOf([...others, field]));
    const [before, after] = neighbours as [TestField, TestField];
    for (const fields of [
      [before, ...others, field, after],
      [after, before, field, ...others],
    ]) {
      const among = valuesOf(await planOf(fields));
      expect(among).toEqual(alone);
    }
  });

  it('keeps its other values when some become null', async () => {
    const full = valuesOf(await planOf([...others, field]));
    const sparse = valuesOf(await planOf([...others, { ...field, options: { ...options, null_percentage: 40 } }]));
    const nulls = sparse.filter((value) => value === null).length;
    expect(nulls).toBeGreaterThan(ROWS * 0.25);
    sparse.forEach((value, i) => {
      if (value !== null) expect(value).toEqual(full[i]);
    });
  });

  it('never repeats a unique value', async () => {
    if (type.notUnique !== undefined) return;
    const plan = await planOf([
      { ...field, options: { ...options, unique: true, weights: undefined } as TestField['options'] & object },
    ]);
    const count = Math.min(2000, plan.capacity);
    const values = generateRows(plan, 0, count).map((row) => JSON.stringify(row['v']));
    expect(new Set(values).size).toBe(count);
    expect(values).not.toContain('null');
  });
});

function decode(chunks: Iterable<Uint8Array>): string {
  const decoder = new TextDecoder();
  let text = '';
  for (const chunk of chunks) text += decoder.decode(chunk, { stream: true });
  return text;
}
