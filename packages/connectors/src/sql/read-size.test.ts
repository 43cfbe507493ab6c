import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { READ_BYTES, ReadSize } from './read-size.ts';

describe('how many rows are asked for', () => {
  it('is few at first, and as many as fit after that', () => {
    const size = new ReadSize(1000);
    expect(size.rows).toBe(16);
    const sizes = Array.from({ length: 5 }, () => {
      size.see(Array.from({ length: size.rows }, () => ['x'.repeat(100), 7]));
      return size.rows;
    });
    expect(sizes).toEqual([64, 256, 1000, 1000, 1000]);
    size.see([['x'.repeat(READ_BYTES * 3)], [new Uint8Array(READ_BYTES)]]);
    expect(size.rows).toBe(1);
    size.see([[1]]);
    expect(size.rows).toBe(4);
  });

  it('is never none and never more than is allowed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.array(fc.tuple(fc.nat(10_000), fc.nat(10 * READ_BYTES))),
        (most, seen) => {
          const size = new ReadSize(most);
          for (const [rows, bytes] of seen) {
            size.seeBytes(rows, bytes);
            expect(size.rows >= 1 && size.rows <= most).toBe(true);
          }
        },
      ),
    );
  });
});
