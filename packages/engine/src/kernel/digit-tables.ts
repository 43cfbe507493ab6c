/** Characters of 0000..9999, four to a little-endian word: the kernel's source of decimal digits. */
export const DIGITS4: readonly number[] = Array.from({ length: 10_000 }, (_, i) => pack(String(i).padStart(4, '0')));

/** Characters of 00..ff, two to a word. */
export const HEX2: readonly number[] = Array.from({ length: 256 }, (_, i) => pack(i.toString(16).padStart(2, '0')));

function pack(text: string): number {
  let word = 0;
  for (let i = text.length - 1; i >= 0; i--) word = word * 256 + text.charCodeAt(i);
  return word;
}
