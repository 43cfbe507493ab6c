import { createHmac, timingSafeEqual } from 'node:crypto';
import { ApiError } from '../errors.ts';

/**
 * Opaque cursors: the place after which a list goes on, bound to the list it came from. `scope` names list, tenant and
 * filters; a cursor of another scope, or one that was tampered with, is refused.
 */
export class Cursors {
  readonly #secret: string;

  constructor(secret: string) {
    this.#secret = secret;
  }

  encode(scope: string, after: string): string {
    const place = Buffer.from(after).toString('base64url');
    return `${place}.${this.#sign(scope, place)}`;
  }

  /** @throws ApiError invalid_cursor */
  decode(scope: string, cursor: string): string {
    const [place = '', signature = '', ...rest] = cursor.split('.');
    // Compared as texts: decoding would take several spellings for one signature.
    const given = Buffer.from(signature);
    const wanted = Buffer.from(this.#sign(scope, place));
    if (rest.length > 0 || given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
      throw new ApiError('invalid_cursor', 'the cursor is not one that this list gave: start again without it');
    }
    return Buffer.from(place, 'base64url').toString();
  }

  #sign(scope: string, place: string): string {
    const signature = createHmac('sha256', this.#secret).update(`cursor\0${scope}\0${place}`).digest();
    return signature.subarray(0, 16).toString('base64url');
  }
}
