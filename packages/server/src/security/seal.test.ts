import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Seal } from './seal.ts';

describe('a seal', () => {
  const seal = new Seal('secret', 'answers');

  it('gives back what it closed, and never closes the same way twice', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const closed = seal.close(bytes);
        expect(new Uint8Array(seal.open(closed))).toEqual(bytes);
        expect(seal.close(bytes).equals(closed)).toBe(false);
      }),
    );
  });

  it('opens nothing that was changed, or closed with another secret or for another purpose', () => {
    const closed = seal.close(Buffer.from('dmk_owner_x'));
    for (let index = 0; index < closed.length; index++) {
      const changed = Buffer.from(closed);
      changed.writeUInt8((changed.readUInt8(index) + 1) & 255, index);
      expect(() => seal.open(changed)).toThrow();
    }
    expect(() => new Seal('other', 'answers').open(closed)).toThrow();
    expect(() => new Seal('secret', 'cookies').open(closed)).toThrow();
  });
});
