/**
 * Bytes of a text in UTF-8; lone surrogates count as the replacement character, as TextEncoder writes them. For short texts: a
 * loop here costs a small part of a call into the encoder.
 */
export function byteLength(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    if (unit < 0x800) bytes += 1;
    else if (isHigh(unit) && isLow(text.charCodeAt(i + 1))) {
      bytes += 2;
      i++;
    } else bytes += 2;
  }
  return bytes;
}

/** Writes a text in UTF-8 at an offset, where it has to fit, and returns its length in bytes. For short texts, like `byteLength`. */
export function writeUtf8(text: string, into: Uint8Array, start: number): number {
  let at = start;
  for (let i = 0; i < text.length; i++) {
    let unit = text.charCodeAt(i);
    if (unit < 0x80) {
      into[at++] = unit;
      continue;
    }
    if (unit < 0x800) {
      into[at++] = 0xc0 | (unit >> 6);
      into[at++] = 0x80 | (unit & 63);
      continue;
    }
    if (isHigh(unit) && isLow(text.charCodeAt(i + 1))) {
      const point = text.codePointAt(i++) as number;
      into[at++] = 0xf0 | (point >> 18);
      into[at++] = 0x80 | ((point >> 12) & 63);
      into[at++] = 0x80 | ((point >> 6) & 63);
      into[at++] = 0x80 | (point & 63);
      continue;
    }
    if (isHigh(unit) || isLow(unit)) unit = REPLACEMENT;
    into[at++] = 0xe0 | (unit >> 12);
    into[at++] = 0x80 | ((unit >> 6) & 63);
    into[at++] = 0x80 | (unit & 63);
  }
  return at - start;
}

const REPLACEMENT = 0xfffd;
const isHigh = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit < 0xe000;
