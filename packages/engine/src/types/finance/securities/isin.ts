import { complement } from '../../checks/check-digits.ts';
import type { Identifier, Weigh } from '../../checks/identifier.ts';
import { characterValue, luhn, onlyFrom, weights } from '../../checks/weights.ts';

/** Every second value doubled, and the digits of the products added: CUSIP and FIGI. */
export const doubledDigits: Weigh = (char, position) => {
  const product = characterValue(char) * (position % 2 === 0 ? 1 : 2);
  return Math.floor(product / 10) + (product % 10);
};

/**
 * Luhn's sum over characters of known kinds (`a` a letter, two digits wide; `n` a digit), whose check digit stands behind
 * them (ISO 6166, annex A).
 */
export function luhnOfExpanded(kinds: string): Weigh {
  const starts: number[] = [];
  let width = 0;
  for (const kind of kinds) {
    starts.push(width);
    width += kind === 'a' ? 2 : 1;
  }
  const digit = luhn(width);
  return (char, position) => {
    const start = starts[position] ?? 0;
    return [...String(characterValue(char))].reduce((sum, one, i) => sum + digit(one, start + i), 0);
  };
}

/** Adds the national number of nine characters and says of which kinds they are. */
export function addNumberOfIsin(country: string, id: Identifier): string {
  const from = id.length;
  switch (country) {
    case 'US':
    case 'CA': {
      const weigh = onlyFrom(from, doubledDigits);
      id.digits(8).number(complement(id.sum(weigh), 10), 1);
      return 'nnnnnnnnn';
    }
    case 'GB':
    case 'IE': {
      const weigh = onlyFrom(from + 2, weights([1, 3, 1, 7, 3, 9]));
      id.fixed('00')
        .digits(6)
        .number(complement(id.sum(weigh), 10), 1);
      return 'nnnnnnnnn';
    }
    case 'AU':
      id.fixed('000000').letters(3);
      return 'nnnnnnaaa';
    case 'AT':
    case 'DE':
      id.fixed('000').digits(6);
      return 'nnnnnnnnn';
    case 'CH':
    case 'FR':
    case 'LI':
      id.fixed('00').digits(7);
      return 'nnnnnnnnn';
    default:
      id.digits(9);
      return 'nnnnnnnnn';
  }
}
