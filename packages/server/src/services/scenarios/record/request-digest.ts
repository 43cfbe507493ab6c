import { createHash, type Hash } from 'node:crypto';

/** Of larger bodies the bytes count: to put them in order would cost more than to send them. */
const MOST_ORDERED = 64 * 1024;

/**
 * What a request is known by when a script asks again: the digest of its body. Names of JSON may come in any order; the boundary of a form is
 * whatever it is.
 */
export class RequestDigest {
  readonly #isJson: boolean;
  readonly #boundary: string | undefined;
  readonly #hash: Hash = createHash('sha256');
  #chunks: Buffer[] | undefined = [];
  #bytes = 0;

  constructor(contentType: string | undefined) {
    this.#isJson = /^application\/(\w+\+)?json\b/i.test(contentType ?? '');
    this.#boundary = /^multipart\/.*boundary="?([^";]+)/i.exec(contentType ?? '')?.[1];
  }

  update(chunk: Buffer): void {
    this.#bytes += chunk.length;
    this.#hash.update(chunk);
    if (this.#chunks === undefined) return;
    const isForm = this.#boundary !== undefined;
    if (this.#bytes > MOST_ORDERED && !isForm) this.#chunks = undefined;
    else this.#chunks.push(chunk);
  }

  /** Hexadecimal, of all that came. */
  digest(): string {
    const whole = this.#chunks === undefined ? undefined : Buffer.concat(this.#chunks);
    if (whole === undefined) return this.#hash.digest('hex');
    if (this.#boundary !== undefined) {
      const text = whole.toString('latin1').replaceAll(this.#boundary, '-');
      return createHash('sha256').update(text, 'latin1').digest('hex');
    }
    const ordered = this.#isJson && whole.length > 0 ? inOrder(whole.toString()) : undefined;
    return ordered === undefined ? this.#hash.digest('hex') : createHash('sha256').update(ordered).digest('hex');
  }
}

/** JSON with its names in order; undefined: it is none. */
function inOrder(text: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(text), (_, value: unknown) =>
      value !== null && typeof value === 'object' && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
        : value,
    );
  } catch {
    return undefined;
  }
}
