import { add, type Int, lookup, mul, sub } from '../../plan/program.ts';
import { once } from '../../text/once.ts';
import type { Identifier } from '../checks/identifier.ts';
import type { BuildContext } from '../field-type.ts';

const HALF = [0, 1, 2, 3, 4];

/** All ways to write five ranks below five, of which `accept` takes some. */
const fives = (accept: (ranks: readonly number[]) => boolean): readonly (readonly number[])[] =>
  Array.from({ length: 5 ** 5 }, (_, code) => HALF.map((place) => Math.floor(code / 5 ** place) % 5)).filter(
    // A nought would have the lowest rank and may not come first.
    (ranks) => ranks[0] !== 0 && accept(ranks),
  );

/** How often the ranks that occur do, most often first: "21110". */
const counts = (ranks: readonly number[]): string =>
  HALF.map((rank) => ranks.filter((other) => other === rank).length)
    .toSorted((a, b) => b - a)
    .join('');

const inARow = (ranks: readonly number[]): boolean =>
  ranks.some((rank, i) => rank === ranks[i + 1] && rank === ranks[i + 2]);

/** Tables of five ranks: all that differ, then those of which one occurs twice, or three times but not in a row. */
const tables = once(() => {
  const plain = fives((ranks) => counts(ranks) === '11111');
  const repeating = fives((ranks) => counts(ranks) === '21110' || (counts(ranks) === '31100' && !inARow(ranks)));
  const ranks = HALF.map((place) => [...plain, ...repeating].map((each) => each[place] ?? 0));
  return { plain: plain.length, repeating: repeating.length, ranks, dealt: dealt() };
});

/** All ways to deal the ten digits to two halves, five each in ascending order. */
function dealt(): number[] {
  return Array.from({ length: 1024 }, (_, mask) => {
    const digits = Array.from({ length: 10 }, (_, digit) => digit);
    const first = digits.filter((digit) => (mask >> digit) & 1);
    return first.length === 5 ? [...first, ...digits.filter((digit) => !first.includes(digit))] : [];
  }).flat();
}

/**
 * Ten digits of which one occurs twice or three times, not three times in a row, and the others at most once; the first is
 * not 0 (Bundeszentralamt für Steuern, structure since 2016). The digits are dealt to two halves, so that a repeated
 * digit keeps to one of them: 62 million numbers.
 */
export function addSteuerIdDigits(id: Identifier, { choose }: BuildContext): void {
  const { plain: plainCount, repeating: repeatingCount, ranks: ranksOf, dealt: all } = tables();
  const deal = id.bind('deal', mul(choose(all.length / 10), 10));
  const plain = id.bind('plain', choose(plainCount));
  const repeating = id.bind('repeating', add(choose(repeatingCount), plainCount));
  // Which half repeats a digit.
  const shift = id.bind('shift', mul(choose(2), sub(repeating, plain)));
  const write = (order: Int, offset: number): void => {
    for (const ranks of ranksOf) id.number(lookup(all, add(add(deal, offset), lookup(ranks, order))), 1);
  };
  write(add(plain, shift), 0);
  write(sub(repeating, shift), 5);
}
