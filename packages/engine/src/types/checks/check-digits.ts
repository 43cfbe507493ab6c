import { add, constant, type Int, lookup, mod, mul, sub } from '../../plan/program.ts';
import type { Identifier } from './identifier.ts';
import { characterValue, luhn, weights } from './weights.ts';

/** What `chars` has where a remainder is never given. */
const NEVER = '-';

/**
 * Adds the character at the place of the weighted sum's remainder: `chars` has one for each remainder, and `-` for those
 * that `steerFor` keeps away.
 */
export function addChecked(id: Identifier, list: readonly number[], chars: string): Identifier {
  return id.char(mod(id.sum(weights(list)), chars.length), [...chars.replaceAll(NEVER, '0')]);
}

/** Draws the last digit before a check character, so that there is one. */
export const steerFor = (id: Identifier, list: readonly number[], chars: string): Identifier =>
  id.steer(chars.length, weights(list), (remainder) => chars[remainder] !== NEVER);

/** Adds the remainder by eleven under the first weights; where that is ten under the second ones, where that is ten 0. */
export function addTwoStage(id: Identifier, first: readonly number[], second: readonly number[]): Identifier {
  const digit = Array.from({ length: 121 }, (_, both) => {
    const [a, b] = [Math.floor(both / 11), both % 11];
    return a < 10 ? a : b % 10;
  });
  const both = add(mul(mod(id.sum(weights(first)), 11), 11), mod(id.sum(weights(second)), 11));
  return id.number(lookup(digit, both), 1);
}

/** (modulus - sum mod modulus) mod modulus: what makes the sum a multiple of the modulus. */
export const complement = (sum: Int, modulus: number): Int => mod(sub(constant(modulus), mod(sum, modulus)), modulus);

/** Adds the digit that makes the Luhn sum a multiple of ten (ISO/IEC 7812-1, annex B). */
export const addLuhn = (id: Identifier): Identifier => id.number(complement(id.sum(luhn(id.length)), 10), 1);

/** Multiplication in the dihedral group of order ten, the permutation and the inverses of Verhoeff's scheme (1969). */
const DIHEDRAL = Array.from({ length: 10 }, (_, a) =>
  Array.from({ length: 10 }, (_, b) => {
    if (a < 5) return b < 5 ? (a + b) % 5 : ((a + b) % 5) + 5;
    return b < 5 ? ((a - b + 5) % 5) + 5 : (a - b + 5) % 5;
  }),
);
const BASE = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
const permuted = (digit: number, times: number): number =>
  times === 0 ? digit : (BASE[permuted(digit, times - 1)] ?? 0);
const INVERSE = DIHEDRAL.map((line) => line.indexOf(0));

/** Adds Verhoeff's check digit. */
export const addVerhoeff = (id: Identifier): Identifier => id.number(verhoeffDigit(id), 1);

/** Verhoeff's check digit of the characters so far. The scheme runs from the right, and the group is not commutative. */
export function verhoeffDigit(id: Identifier): Int {
  // From the left: the product of a string and what stands right of it is state ∘ digit with the factors in reverse.
  const last = id.length;
  const state = id.fold(
    10,
    (now, char, position) => DIHEDRAL[permuted(characterValue(char), (last - position) % 8)]?.[now] ?? 0,
  );
  return lookup(INVERSE, state);
}

/** Adds the check digit of ISO 7064 MOD 11,10, as German tax ids and Croatian OIBs have it, of the characters from `from`. */
export function addMod11Over10(id: Identifier, from = 0): Identifier {
  // The state is the product less ten when it is ten: state 0 stands for 10, where the machine starts.
  const product = id.fold(11, (state, char, position) => {
    if (position < from) return state;
    const sum = ((state === 0 ? 10 : state) + characterValue(char)) % 10;
    return ((sum === 0 ? 10 : sum) * 2) % 11;
  });
  const digit = Array.from({ length: 11 }, (_, state) => (11 - (state === 0 ? 10 : state)) % 10);
  return id.number(lookup(digit, product), 1);
}
