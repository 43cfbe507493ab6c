import type { Checksum } from '../../types/type-rules.ts';

/** The dihedral group of ten elements: products, and the permutation of a place (J. Verhoeff, Error Detecting Decimal Codes, 1969). */
const product = (a: number, b: number): number =>
  a < 5 ? (b < 5 ? (a + b) % 5 : ((a + b) % 5) + 5) : b < 5 ? ((a - b + 5) % 5) + 5 : (a - b + 5) % 5;
const PERMUTATION = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
const permuted = (digit: number, place: number): number =>
  place === 0 ? digit : permuted(PERMUTATION[digit] ?? 0, place - 1);

/** Letters of a Spanish DNI by the remainder of its number (Orden INT/2058/2008). */
const DNI = 'TRWAGMYFPDXBNJZSQVHLCKE';

const tests: Readonly<Record<Checksum, (text: string) => boolean>> = {
  // ISO/IEC 7812-1, annex B.
  luhn: (text) => {
    let sum = 0;
    for (let i = 0; i < text.length; i++) {
      const digit = Number(text[text.length - 1 - i]);
      const twice = digit * 2;
      sum += i % 2 === 0 ? digit : twice > 9 ? twice - 9 : twice;
    }
    return sum % 10 === 0;
  },
  // ISO 13616-1: the first four characters go to the end, letters are 10 to 35, the number is 1 modulo 97.
  iban: (text) => {
    let rest = 0;
    for (const char of text.slice(4) + text.slice(0, 4)) {
      const value = Number.parseInt(char, 36);
      rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
    }
    return rest === 1;
  },
  dni: (text) => DNI[Number(text.slice(0, 8)) % 23] === text[8],
  verhoeff: (text) => {
    let state = 0;
    for (let i = 0; i < text.length; i++) state = product(state, permuted(Number(text[text.length - 1 - i]), i % 8));
    return state === 0;
  },
};

/** Whether a text keeps a checksum. Texts of another form than it is for keep none. */
export const keepsChecksum = (name: Checksum, text: string): boolean => tests[name](text);
