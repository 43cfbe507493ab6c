import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readCount, readLines, readWeights, showCount, showLines, showWeights } from './option-values.ts';

const line = fc.string({ minLength: 1 }).filter((text) => text.trim() === text && text !== '');
const value = fc.oneof(
  line,
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => (Object.is(n, -0) ? 0 : n)),
  fc.boolean(),
  fc.constant(null),
);

it('shows lists so that they are read as they were', () => {
  fc.assert(
    fc.property(fc.array(value), (values) => {
      expect(readLines(showLines(values))).toEqual(values);
    }),
  );
});

it.each<[string, unknown]>([
  ['3', 3],
  ['1-4', { min: 1, max: 4 }],
  ['1 to 4', { min: 1, max: 4 }],
  ['many', 'many'],
])('reads the count %j', (text, count) => {
  expect(readCount(text)).toEqual(count);
  expect(readCount(showCount(count))).toEqual(count);
});

it.each<[string, unknown]>([
  ['7, 2, 1', [7, 2, 1]],
  ['{"a": 2}', { a: 2 }],
])('reads the weights %j', (text, weights) => {
  expect(readWeights(text)).toEqual(weights);
  expect(readWeights(showWeights(weights))).toEqual(weights);
});
