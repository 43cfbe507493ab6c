import { splitPattern } from '../locales/split-pattern.ts';
import { add, bind, digits, get, type Int, lookup, type Piece, pick, text } from '../plan/program.ts';
import type { BuildContext } from './field-type.ts';

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
/** Letters of the inward part of British postcodes: all but C I K M O V (Royal Mail PAF programmer's guide). */
const INWARD_LETTERS = [...'ABDEFGHJLNPQRSTUWXYZ'];
const TOKENS = { '#NAB': /N?#+|N|A|B|[^#NAB]+/g, '#N': /N?#+|N|[^#N]+/g };

/**
 * Pieces for a pattern: `#` a digit, `N` a digit 2-9, `A` a letter, `B` a letter of British inward codes, else literal.
 * @param wildcards which of them count in this pattern
 */
export function patternPieces(
  pattern: string,
  context: BuildContext,
  wildcards: keyof typeof TOKENS = '#NAB',
): Piece[] {
  return (pattern.match(TOKENS[wildcards]) ?? []).flatMap((token) =>
    [...token].every((c) => wildcards.includes(c)) ? tokenPieces(token, context) : [text(token)],
  );
}

/** Pieces for a pattern in which only `#`, a digit, and `?`, a letter, stand for something. */
export const templatePieces = (pattern: string, context: BuildContext): Piece[] =>
  (pattern.match(/#+|\?|[^#?]+/g) ?? []).flatMap((token) =>
    /^[#?]/.test(token) ? tokenPieces(token.replace('?', 'A'), context) : [text(token)],
  );

function tokenPieces(token: string, { choose }: BuildContext): Piece[] {
  if (token === 'A') return [pick(LETTERS, choose(26))];
  if (token === 'B') return [pick(INWARD_LETTERS, choose(INWARD_LETTERS.length))];
  const pieces: Piece[] = [];
  // Nine digits at a time, so that one draw of 32 bits has enough left over.
  for (let rest = token; rest.length > 0; rest = rest.slice(9)) {
    const part = rest.slice(0, 9);
    const unit = 10 ** (part.length - 1);
    const value = part.startsWith('N') ? add(choose(8 * unit), 2 * unit) : choose(10 * unit);
    pieces.push(digits(value, part.length));
  }
  return pieces;
}

/**
 * Pieces for a pattern that depends on an index: the literal beginning of each comes from a list, and the few different
 * tails (from the first wildcard on) are the cases of a switch. A unique field keeps to the patterns of one tail, the
 * one with most room, since alternatives of different sizes cannot share one permutation.
 * @param name what the patterns are called in the locale's cache
 * @param index makes the index; not asked for when the field is unique, for then it would count as a choice
 */
export function patternsPieces(
  name: string,
  patterns: readonly string[],
  index: () => Int,
  context: BuildContext,
): Piece[] {
  const { heads, tails, tailOf } = context.lists.once(`split ${name}`, () => splitPatterns(patterns));
  if (context.unique) return uniquePieces(heads, tails, tailOf, context);
  const which = get('pattern');
  const pieces: Piece[] = [bind('pattern', index()), pick(heads, which)];
  if (tails.length === 1) return [...pieces, ...patternPieces(tails[0] ?? '', context)];
  const cases = tails.map((tail) => patternPieces(tail, context));
  return [...pieces, { p: 'switch', on: lookup(tailOf, which), cases }];
}

function uniquePieces(
  heads: readonly string[],
  tails: readonly string[],
  tailOf: readonly number[],
  context: BuildContext,
): Piece[] {
  const groups = tails.map((tail, id) => ({ tail, heads: [...new Set(heads.filter((_, i) => tailOf[i] === id))] }));
  const room = (group: (typeof groups)[number]): number => group.heads.length * tailSize(group.tail);
  const best = groups.reduce((a, b) => (room(b) > room(a) ? b : a));
  return [pick(best.heads, context.choose(best.heads.length)), ...patternPieces(best.tail, context)];
}

/** How many texts a pattern has. */
function tailSize(pattern: string): number {
  const sizes: Readonly<Record<string, number>> = { '#': 10, N: 8, A: 26, B: INWARD_LETTERS.length };
  return [...pattern].reduce((size, c) => size * (sizes[c] ?? 1), 1);
}

function splitPatterns(patterns: readonly string[]): { heads: string[]; tails: string[]; tailOf: number[] } {
  const tails: string[] = [];
  const heads: string[] = [];
  const tailOf = patterns.map((pattern) => {
    const { head, tail } = splitPattern(pattern);
    heads.push(head);
    if (!tails.includes(tail)) tails.push(tail);
    return tails.indexOf(tail);
  });
  return { heads, tails, tailOf };
}
