/** The polynomial of ZIP and gzip, bits reversed (ISO 3309). */
const POLYNOMIAL = 0xedb88320;

/** Four tables of 256: the checksum of a byte followed by 0 to 3 zero bytes. */
const tables = (() => {
  const made = new Int32Array(1024);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
    made[byte] = crc;
  }
  for (let at = 256; at < 1024; at++) {
    const crc = made[at - 256] ?? 0;
    made[at] = (crc >>> 8) ^ (made[crc & 255] ?? 0);
  }
  return made;
})();

/** The checksum of bytes that follow bytes of the checksum `crc`. */
export function crc32(bytes: Uint8Array, crc = 0): number {
  let state = ~crc;
  const whole = bytes.length - (bytes.length % 4);
  for (let at = 0; at < whole; at += 4) {
    state ^=
      (bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24);
    state =
      (tables[768 + (state & 255)] as number) ^
      (tables[512 + ((state >>> 8) & 255)] as number) ^
      (tables[256 + ((state >>> 16) & 255)] as number) ^
      (tables[state >>> 24] as number);
  }
  for (let at = whole; at < bytes.length; at++) {
    state = (state >>> 8) ^ (tables[(state ^ (bytes[at] as number)) & 255] as number);
  }
  return ~state >>> 0;
}

/** a · b modulo the polynomial; bit 31 is the coefficient of x^0. */
function multiply(a: number, b: number): number {
  let product = 0;
  let shifted = b;
  for (let bit = 0; bit < 32; bit++) {
    if ((a >>> (31 - bit)) & 1) product ^= shifted;
    shifted = (shifted & 1) === 1 ? (shifted >>> 1) ^ POLYNOMIAL : shifted >>> 1;
  }
  return product;
}

/** The checksum of two stretches of bytes one after the other, from the checksum of each and the length of the second. */
export function combineCrc32(first: number, second: number, secondLength: number): number {
  // A byte multiplies by x^8; its powers by squaring.
  let power = 0x00800000;
  let factor = 0x80000000;
  for (let left = secondLength; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) factor = multiply(factor, power);
    power = multiply(power, power);
  }
  return (multiply(factor, first) ^ second) >>> 0;
}
