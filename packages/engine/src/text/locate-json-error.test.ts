import fc from 'fast-check';
import { expect, it } from 'vitest';
import { locateJsonError } from './locate-json-error.ts';

it.each([
  ['{"name": }', 1, 10],
  ['', 1, 1],
  ['{"a": 1,\n "b" 2}', 2, 6],
  ['[1, 2', 1, 6],
  ['[1, 2]]', 1, 7],
  ['{"a": tru}', 1, 7],
  ['{a: 1}', 1, 2],
  ['[1,]', 1, 4],
  ['{"a": "x\ny"}', 1, 7],
  ['[01]', 1, 3],
])('%j: line %i, column %i', (text, line, column) => {
  expect(() => JSON.parse(text)).toThrow();
  expect(locateJsonError(text)).toMatchObject({ line, column });
});

it('names the first place after which no continuation helps, for JSON that was cut or spoilt', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), fc.constantFrom('', '@', '}', ']', '"'), (json, at, extra) => {
      const cut = at % (json.length + 1);
      const spoilt = json.slice(0, cut) + extra;
      try {
        JSON.parse(spoilt);
      } catch {
        const { offset } = locateJsonError(spoilt);
        expect(offset).toBeGreaterThanOrEqual(0);
        expect(offset).toBeLessThanOrEqual(spoilt.length);
      }
    }),
  );
});
