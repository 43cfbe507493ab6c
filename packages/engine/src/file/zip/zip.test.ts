import { inflateRawSync, crc32 as zlibCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combineCrc32, crc32 } from './crc32.ts';
import { DEFLATE_END, deflatePiece } from './deflate-piece.ts';

const bytes = fc.uint8Array({ maxLength: 3000 });

describe('crc32', () => {
  it('is that of zlib, in one or over several stretches', () => {
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        const whole = zlibCrc32(Buffer.concat([a, b]));
        expect(crc32(b, crc32(a))).toBe(whole);
        expect(combineCrc32(crc32(a), crc32(b), b.length)).toBe(whole);
      }),
    );
  });
});

describe('pieces of a deflate stream', () => {
  const text = fc.array(
    fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc.string({ maxLength: 40 }).map((word) => Buffer.from(word.repeat(50))),
      fc.integer({ min: 0, max: 200_000 }).map((length) => new Uint8Array(length).fill(65)),
    ),
    { maxLength: 6 },
  );

  it('are read by zlib, one after the other, as what they were made of', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 4 }), (pieces) => {
        const stream = Buffer.concat([...pieces.map((chunks) => deflatePiece(chunks)), DEFLATE_END]);
        expect(inflateRawSync(stream).equals(Buffer.concat(pieces.flat()))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
