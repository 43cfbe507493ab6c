import fc from 'fast-check';
import { expect, it } from 'vitest';
import { byteLength, writeUtf8 } from './utf8.ts';

it('counts and writes the bytes that TextEncoder writes', () => {
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
  );
  fc.assert(
    fc.property(text, fc.nat(9), (text, at) => {
      const expected = new TextEncoder().encode(text);
      expect(byteLength(text)).toBe(expected.length);
      const into = new Uint8Array(at + expected.length + 3);
      expect(writeUtf8(text, into, at)).toBe(expected.length);
      expect(into).toEqual(new Uint8Array([...new Uint8Array(at), ...expected, 0, 0, 0]));
    }),
  );
});
