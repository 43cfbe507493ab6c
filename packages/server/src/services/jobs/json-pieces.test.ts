import fc from 'fast-check';
import { expect, it } from 'vitest';
import { jsonPieces } from './json-pieces.ts';

const same = (value: unknown): unknown => value;
const whole = (value: unknown): string => [...jsonPieces(value, same)].join('');

it('are together what JSON.stringify writes', () => {
  const leaf = fc.oneof(
    fc.constantFrom(undefined, () => 1, Symbol('s'), new Date(0)),
    fc.anything(),
  );
  const values = fc.oneof(
    fc.jsonValue(),
    fc.array(leaf, { maxLength: 5 }),
    fc.dictionary(fc.string(), leaf, { maxKeys: 5 }),
  );
  fc.assert(
    fc.property(values, (value) => {
      let expected: string | undefined;
      try {
        expected = JSON.stringify(value);
      } catch {
        // A bigint.
        return;
      }
      expect(whole(value)).toBe(expected ?? '');
    }),
  );
});

it('are many of what is long', () => {
  const long = { words: Array.from({ length: 100_000 }, (_, n) => `word ${n}`) };
  const pieces = [...jsonPieces(long, same)];
  expect(pieces.length).toBeGreaterThan(10);
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(70_000);
  expect(pieces.join('')).toBe(JSON.stringify(long));
});
