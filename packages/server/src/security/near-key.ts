import { ROLES } from './permissions.ts';

/** How keys that the server makes begin, and how many characters follow. */
const FORMS: readonly (readonly [prefix: string, length: number])[] = [
  ...ROLES.map((role) => [`dmk_${role}_`, 49] as const),
  ...['FREE', 'PRO', 'ENTERPRISE'].map((tier) => [`DATAGEN-${tier}-`, 40] as const),
];

/** Whether a text has the form of a key that the server makes, or would without one slip: a character changed, missing or added. */
export const isNearKey = (text: string): boolean =>
  FORMS.some(([prefix, length]) => {
    if (Math.abs(text.length - prefix.length - length) > 1) return false;
    // One slip only: where it is in the beginning, what follows has its length.
    return text.startsWith(prefix) || isOneSlip(text.slice(0, -length), prefix);
  });

function isOneSlip(text: string, meant: string): boolean {
  const shorter = Math.min(text.length, meant.length);
  let head = 0;
  while (head < shorter && text[head] === meant[head]) head++;
  let tail = 0;
  while (tail < shorter - head && text.at(-1 - tail) === meant.at(-1 - tail)) tail++;
  return Math.max(text.length, meant.length) - head - tail <= 1;
}
