import { Deflate } from 'fflate';

/** An empty last block: ends a stream of pieces. */
export const DEFLATE_END = new Uint8Array([3, 0]);

/**
 * Compresses bytes into a piece of a raw DEFLATE stream (RFC 1951): pieces stand one after the other, each begins at a byte
 * and refers to nothing before it, and DEFLATE_END follows the last.
 *
 * fflate can end a stream but, up to 0.8.3, does not end a piece of one correctly (its sync flush forgets the bits of the
 * last byte). So the stream is ended with an empty block, whose ten bits are known: 1 (last block), 01 (fixed codes), 0000000
 * (end of block), then zeros up to the byte's end. They are turned into a block that is not the last, and an empty stored
 * block, which ends at a byte, follows it.
 */
export function deflatePiece(chunks: Iterable<Uint8Array>): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  let length = 0;
  // Level 3 is as fast as level 1 on rows of XML and a sixth smaller.
  const stream = new Deflate({ level: 3 }, (part) => {
    parts.push(part.slice());
    length += part.length;
  });
  for (const chunk of chunks) stream.push(chunk);
  stream.flush();
  stream.push(new Uint8Array(0), true);
  const bytes = new Uint8Array(length + 5);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes.subarray(0, endPiece(bytes, length));
}

/** Makes the ended stream in bytes[0, length) a piece. @returns its length, at most 5 bytes more */
function endPiece(bytes: Uint8Array, length: number): number {
  let bit = length * 8 - 1;
  const isSet = (at: number): boolean => (((bytes[at >> 3] ?? 0) >> (at & 7)) & 1) === 1;
  while (bit > 0 && !isSet(bit)) bit--;
  // The last bit that is set is the low one of the block's kind; the one before it says that the block is the last.
  const end = bit + 9;
  if (bit < 1 || !isSet(bit - 1) || Math.ceil(end / 8) !== length) throw new Error('not an empty last block');
  bytes[(bit - 1) >> 3] = (bytes[(bit - 1) >> 3] ?? 0) & ~(1 << ((bit - 1) & 7));
  // Three zero bits, zeros up to a byte, then the length 0 and its complement.
  const stored = Math.ceil((end + 3) / 8);
  bytes.set([0, 0, 0xff, 0xff], stored);
  return stored + 4;
}
