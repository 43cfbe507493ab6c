import { describe, expect, it } from 'vitest';
import { exampleTextFormats } from '../format/testing/example-formats.ts';
import type { Plan } from '../plan/plan.ts';
import { generateRows } from '../rows/generate-rows.ts';
import { makeByteGenerator } from '../rows/make-byte-generator.ts';
import { prepareBytes } from '../rows/prepare-bytes.ts';
import { allTypes } from './registry.ts';
import { planOf, type TestField } from './testing/compiled.ts';

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
  // Plans and values that several checks look at: most of their time would go into making them.
  const plain = once(() => planOf([...others, field], 'a'));
  const full = once(async () => valuesOf(await plain()));
  const sparse = once(() => planOf([...others, { ...field, options: { ...options, null_percentage: 40 } }], 'a'));

  it('gives the same values for the same seed and others for another', async () => {
    const [again, b] = [await planOf([...others, field], 'a'), await planOf([...others, field], 'b')];
    expect(generateRows(again, 0, ROWS)).toEqual(generateRows(await plain(), 0, ROWS));
    if (type.seedless !== true) expect(valuesOf(b)).not.toEqual(await full());
  });

  it('gives the same bytes however the rows are split', async () => {
    for (const format of formats) {
      const prepared = prepareBytes(await sparse(), format);
      const [from, to] = [3, ROWS];
      const first = makeByteGenerator(prepared);
      // Like two threads: the first has made other rows before, the second begins in the middle.
      const generators = [first, makeByteGenerator(prepared)] as const;
      const whole = decode(first.bytes({ start: from, end: to, from, to }));
      for (const cuts of [[4], [5, 6, 100], [3 + 128, 3 + 256]]) {
        const bounds = [from, ...cuts, to];
        const parts = bounds.slice(1).map((end, i) => {
          const stretch = { start: bounds[i] as number, end, from, to };
          return decode(generators[(i % 2) as 0 | 1].bytes(stretch));
        });
        expect(parts.join(''), format.format).toBe(whole);
      }
    }
  });

  it('gives the same bytes without vector instructions', async () => {
    for (const format of formats) {
      const plan = await plain();
      const bytes = (simd: boolean): string =>
        decode(
          makeByteGenerator(prepareBytes(plan, format, { simd })).bytes({ start: 0, end: ROWS, from: 0, to: ROWS }),
        );
      expect(bytes(false), format.format).toBe(bytes(true));
    }
  });

  it('does not depend on its neighbours', async () => {
    const [before, after] = neighbours as [TestField, TestField];
    for (const fields of [
      [before, ...others, field, after],
      [after, before, field, ...others],
    ]) {
      const among = valuesOf(await planOf(fields, 'a'));
      expect(among).toEqual(await full());
    }
  });

  it('keeps its other values when some become null', async () => {
    const values = valuesOf(await sparse());
    const nulls = values.filter((value) => value === null).length;
    expect(nulls).toBeGreaterThan(ROWS * 0.25);
    const others = await full();
    expect(values).toEqual(values.map((value, i) => (value === null ? null : others[i])));
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

/** Makes it when it is asked for, and once. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function decode(chunks: Iterable<Uint8Array>): string {
  const decoder = new TextDecoder();
  let text = '';
  for (const chunk of chunks) text += decoder.decode(chunk, { stream: true });
  return text;
}
