import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** 96 bits, drawn at random: under one key far fewer than 2^32 (NIST SP 800-38D, 8.3). */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const NOTHING = new Uint8Array();

/**
 * AES-256-GCM.
 * @param key 32 bytes
 * @param about what the bytes belong to; they open only beside the same
 * @returns nonce, tag and ciphertext
 */
export function closeBytes(key: Uint8Array, plain: Uint8Array, about: Uint8Array = NOTHING): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(about);
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

/** @throws Error when the bytes were not closed with the same key and about the same, or were changed */
export function openBytes(key: Uint8Array, sealed: Uint8Array, about: Uint8Array = NOTHING): Buffer {
  // A tag that is cut short would be easier to guess.
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(about).setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
}
