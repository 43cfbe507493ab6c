import type { Checksum } from '../../types/type-rules.ts';

/** Verhoeff's tables as printed (Error Detecting Decimal Codes, 1969), not computed as the generator does. */
const D = ['0123456789', '1234067895', '2340178956', '3401289567', '4012395678'].concat([
  '5987604321',
  '6598710432',
  '7659821043',
  '8765932104',
  '9876543210',
]);
const P = [
  '0123456789',
  '1576283094',
  '5803796142',
  '8916043527',
  '9453126870',
  '4286573901',
  '2793806415',
  '7046913258',
];

/** Whether a text keeps a checksum. */
export const checksums: Readonly<Record<Checksum, (text: string) => boolean>> = {
  luhn: (text) => {
    const digits = [...text].reverse().map(Number);
    const sum = digits.reduce(
      (total, digit, i) => total + (i % 2 === 0 ? digit : [...String(digit * 2)].reduce((a, b) => a + Number(b), 0)),
      0,
    );
    return sum % 10 === 0;
  },
  iban: (text) => {
    const moved = text.slice(4) + text.slice(0, 4);
    return BigInt([...moved].map((char) => Number.parseInt(char, 36)).join('')) % 97n === 1n;
  },
  dni: (text) => 'TRWAGMYFPDXBNJZSQVHLCKE'[Number(text.slice(0, 8)) % 23] === text[8],
  verhoeff: (text) =>
    [...text].reverse().reduce((state, char, i) => Number(D[state]?.[Number(P[i % 8]?.[Number(char)])]), 0) === 0,
};
