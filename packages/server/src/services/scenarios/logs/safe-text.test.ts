import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SafeText } from './safe-text.ts';

const inPieces = (pieces: readonly Uint8Array[]): string => {
  const text = new SafeText();
  return pieces.map((piece) => text.take(piece)).join('') + text.take(new Uint8Array(), true);
};

describe('text of what a process writes', () => {
  it('is the same however it is cut, and has no controls but line ends, tabs and what colours begin with', () => {
    const property = (bytes: Uint8Array, cut: number): void => {
      const at = cut % (bytes.length + 1);
      const whole = inPieces([bytes]);
      expect(inPieces([bytes.subarray(0, at), bytes.subarray(at)])).toBe(whole);
      expect(whole).not.toMatch(/[\0-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f]|\r\n|\x1b(?!\[)/);
      expect(Buffer.from(whole).toString()).toBe(whole);
    };
    const bytes = fc.uint8Array({ maxLength: 40 });
    const special = fc
      .array(fc.constantFrom(10, 13, 27, 91, 0, 0xc3, 0xbc, 0xf0, 0x9f, 0x98, 0x80))
      .map((codes) => Uint8Array.from(codes));
    fc.assert(fc.property(fc.oneof(bytes, special), fc.nat(50), property), {
      examples: [[Uint8Array.of(13, 13, 10), 1]],
    });
  });
});
