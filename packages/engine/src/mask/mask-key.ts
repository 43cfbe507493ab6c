import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';

/** Keys shorter than this can be tried out (128 bits, the least of NIST SP 800-131A). */
export const MIN_KEY_BYTES = 16;

/** What a key is used for. One purpose tells nothing about another. */
export type Purpose = 'shape' | 'round' | 'long' | 'stream' | 'email' | 'hash' | 'token' | 'shift';

/**
 * HMAC-SHA-256 (RFC 2104) with a key of its own for each purpose, made from the caller's key. The names of the purposes are
 * part of the output: changing them, or the version in them, breaks joins with what was masked before.
 */
export class MaskKey {
  readonly #key: Uint8Array;
  readonly #keyed = new Map<Purpose, ReturnType<typeof hmac.create>>();

  /** @param key at least MIN_KEY_BYTES bytes */
  constructor(key: Uint8Array) {
    if (key.length < MIN_KEY_BYTES) throw new RangeError(`a masking key has at least ${MIN_KEY_BYTES} bytes`);
    this.#key = key.slice();
  }

  /** 32 bytes. */
  mac(purpose: Purpose, message: Uint8Array): Uint8Array {
    let keyed = this.#keyed.get(purpose);
    if (keyed === undefined) {
      keyed = hmac.create(sha256, hmac(sha256, this.#key, encoder.encode(`datamaker/mask/1/${purpose}`)));
      this.#keyed.set(purpose, keyed);
    }
    // Hashing the key takes as long as hashing a short value: it is done once.
    return keyed.clone().update(message).digest();
  }

  /** 32 bytes for a text. */
  macOf(purpose: Purpose, text: string): Uint8Array {
    return this.mac(purpose, encoder.encode(text));
  }
}

const encoder = new TextEncoder();

/** Bytes as lower-case hexadecimal digits. */
export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** The first `length` bytes, a multiple of four, as a number, most significant first. */
export function toBigInt(bytes: Uint8Array, length: number): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  let number = 0n;
  for (let i = 0; i < length; i += 4) number = (number << 32n) | BigInt(view.getUint32(i));
  return number;
}
