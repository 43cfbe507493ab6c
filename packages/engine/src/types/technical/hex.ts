import { div, type Int, mod, type Piece, pick } from '../../plan/program.ts';
import type { BuildContext } from '../field-type.ts';

const LOWER = Array.from({ length: 256 }, (_, value) => value.toString(16).padStart(2, '0'));
const UPPER = LOWER.map((pair) => pair.toUpperCase());

/** Drawn bytes in hexadecimal, two digits each. */
export const drawnHex = (bytes: number, { choose }: BuildContext, upper = false): Piece[] =>
  Array.from({ length: bytes }, () => pick(upper ? UPPER : LOWER, choose(256)));

/** A number below 256^bytes in hexadecimal, with leading zeros. */
export const hexOf = (value: Int, bytes: number): Piece[] =>
  Array.from({ length: bytes }, (_, i) => pick(LOWER, mod(div(value, 256 ** (bytes - 1 - i)), 256)));
