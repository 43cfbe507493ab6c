import { hkdfSync } from 'node:crypto';
import { closeBytes, openBytes } from './aead.ts';

/** Keeps bytes in the database that must not be readable there: AES-256-GCM under a key of the server's secret, one for each purpose. */
export class Seal {
  readonly #key: Buffer;

  constructor(secret: string, purpose: string) {
    this.#key = Buffer.from(hkdfSync('sha256', secret, '', `seal\0${purpose}`, 32));
  }

  /** @returns nonce, tag and ciphertext */
  close(plain: Uint8Array): Buffer {
    return closeBytes(this.#key, plain);
  }

  /** @throws Error when it was not closed with the same secret for the same purpose, or was changed */
  open(sealed: Uint8Array): Buffer {
    return openBytes(this.#key, sealed);
  }
}
