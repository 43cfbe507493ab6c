import type { Weigh } from './identifier.ts';

/** The value of a character: digits as they are, letters A = 10 to Z = 35 (ISO 7064 and many others). */
export const characterValue = (char: string): number => Number.parseInt(char, 36);

/** Weights by position; positions beyond the list weigh nothing. */
export const weights =
  (list: readonly number[], value: (char: string) => number = characterValue): Weigh =>
  (char, position) =>
    value(char) * (list[position] ?? 0);

/**
 * The number that the characters are, by a modulus: position `last` counts once, the one before ten times, and so on. Only
 * remainders by the modulus mean something.
 */
export const powersOfTen =
  (last: number, modulus: number): Weigh =>
  (char, position) => {
    let weight = 1;
    for (let i = position; i < last; i++) weight = (weight * 10) % modulus;
    return characterValue(char) * weight;
  };

const luhns = new Map<number, Weigh>();

/** Luhn's doubling (ISO/IEC 7812-1, annex B) for a number whose check digit stands at position `last`; the same function for the same place. */
export function luhn(last: number): Weigh {
  let weigh = luhns.get(last);
  if (weigh === undefined) {
    weigh = (char, position) => {
      const doubled = characterValue(char) * ((last - position) % 2 === 1 ? 2 : 1);
      return doubled > 9 ? doubled - 9 : doubled;
    };
    luhns.set(last, weigh);
  }
  return weigh;
}

/** Weighs only the characters from position `from` on; `weigh` sees their positions counted from there. */
export const onlyFrom =
  (from: number, weigh: Weigh): Weigh =>
  (char, position) =>
    position < from ? 0 : weigh(char, position - from);
