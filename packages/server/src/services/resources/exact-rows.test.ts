import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { losesDigits } from './exact-rows.ts';

describe('digits that would be lost', () => {
  it.each([
    ['9007199254740991', false],
    ['9007199254740993', true],
    ['[-9007199254740993]', true],
    ['{"a":{"b":[1,12345678901234567890]}}', true],
    ['"9007199254740993"', false],
    ['{"9007199254740993":1}', false],
    ['["\\\\",9007199254740993]', true],
    ['["\\",9007199254740993,"]', false],
    ['9007199254740993.5', false],
    ['9007199254740993e2', false],
    [`${'['.repeat(1e5)}9007199254740993${']'.repeat(1e5)}`, true],
  ])('are found in numbers, not in texts: %#', (text, loses) => {
    expect(losesDigits(text)).toBe(loses);
  });

  it('are those of whole numbers that change by being read', () => {
    const whole = fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n });
    const value = fc.array(fc.tuple(fc.string({ unit: fc.constantFrom('"', '\\\\', '9', '1') }), whole));
    fc.assert(
      fc.property(value, (pairs) => {
        const text = `[${pairs.map(([name, number]) => `{${JSON.stringify(name)}:${number}}`).join(',')}]`;
        expect(losesDigits(text)).toBe(pairs.some(([, number]) => !Number.isSafeInteger(Number(number))));
      }),
    );
  });
});
