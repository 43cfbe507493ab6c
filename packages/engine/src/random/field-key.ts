import { GOLDEN, mix64 } from './mix.ts';

const encoder = new TextEncoder();

/** A 64-bit hash of text: its UTF-8 bytes absorbed eight at a time (little-endian, the last word padded with zeros). */
export function hash64(text: string): bigint {
  const bytes = encoder.encode(text);
  let hash = mix64(GOLDEN ^ BigInt(bytes.length));
  for (let start = 0; start < bytes.length; start += 8) {
    let chunk = 0n;
    for (let i = Math.min(start + 8, bytes.length) - 1; i >= start; i--) chunk = (chunk << 8n) | BigInt(bytes[i] ?? 0);
    hash = mix64((hash ^ chunk) + GOLDEN);
  }
  return hash;
}

/**
 * The key of a stream of draws. The seed is hashed before it meets the path, so that neither neighbouring seeds nor
 * neighbouring paths give shifted copies of each other.
 * @param path field path such as `/address/city`; helper streams append a NUL and a name (`\0null`, `\0person`).
 */
export function fieldKey(seed: string, path: string): bigint {
  return mix64((seedWord(seed) ^ hash64(path)) + GOLDEN);
}

/** The seed's part of all its keys: the kernel makes them of this and the hashes of its paths. */
export const seedWord = (seed: string): bigint => mix64(hash64(seed) + GOLDEN);
