import { MAX_CLASS_CHARS } from './limits.ts';

/** Code points from the first to the second, both included. */
export type Range = readonly [number, number];

/** The alphabet of `.`, of shorthands and of negated classes: what every sink, file and terminal can show. */
export const PRINTABLE: Range = [0x20, 0x7e];

const span = (first: string, last: string): Range => [first.charCodeAt(0), last.charCodeAt(0)];

const WORD: readonly Range[] = [span('0', '9'), span('A', 'Z'), span('_', '_'), span('a', 'z')];

/**
 * `\d \w \s`: their members in printable ASCII, so `\s` is the space. Engines disagree on the others (RE2 has no \v in
 * `\s`, ECMAScript has U+FEFF), and nobody who writes `\s` in test data wants a form feed.
 */
export const SHORTHANDS: ReadonlyMap<string, readonly Range[]> = new Map([
  ['d', [span('0', '9')]],
  ['w', WORD],
  ['s', [span(' ', ' ')]],
]);

/** `[[:name:]]` as RE2 has them, within printable ASCII (https://github.com/google/re2/wiki/Syntax). */
export const POSIX_CLASSES: ReadonlyMap<string, readonly Range[]> = new Map([
  ['alnum', [span('0', '9'), span('A', 'Z'), span('a', 'z')]],
  ['alpha', [span('A', 'Z'), span('a', 'z')]],
  ['ascii', [PRINTABLE]],
  ['blank', [span(' ', ' ')]],
  ['digit', [span('0', '9')]],
  ['graph', [span('!', '~')]],
  ['lower', [span('a', 'z')]],
  ['print', [PRINTABLE]],
  ['punct', [span('!', '/'), span(':', '@'), span('[', '`'), span('{', '~')]],
  ['space', [span(' ', ' ')]],
  ['upper', [span('A', 'Z')]],
  ['word', WORD],
  ['xdigit', [span('0', '9'), span('A', 'F'), span('a', 'f')]],
]);

/** Sorted, disjoint ranges of the same code points. */
export function mergeRanges(ranges: readonly Range[]): Range[] {
  const merged: [number, number][] = [];
  for (const [first, last] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const previous = merged.at(-1);
    if (previous !== undefined && first <= previous[1] + 1) previous[1] = Math.max(previous[1], last);
    else merged.push([first, last]);
  }
  return merged;
}

/** Printable ASCII without `ranges`. */
export function printableWithout(ranges: readonly Range[]): Range[] {
  return without([PRINTABLE], mergeRanges(ranges));
}

/** What nobody means by a range that merely spans it: surrogates cannot be encoded, the rest cannot be read. */
const UNREADABLE: readonly Range[] = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
  [0xd800, 0xdfff],
  [0xe000, 0xf8ff],
  [0xfdd0, 0xfdef],
  [0xfff0, 0xffff],
  [0xe0000, 0x10ffff],
];
const SURROGATES: Range = [0xd800, 0xdfff];

/**
 * The characters of a class, ascending. More than MAX_CLASS_CHARS are thinned out: printable ASCII stays, of the readable
 * rest every k-th (any subset of a class still matches it, and no kernel should carry 20,000 ideographs per field).
 */
export function listChars(ranges: readonly Range[]): string[] {
  const members = without(mergeRanges(ranges), [SURROGATES]);
  if (size(members) <= MAX_CLASS_CHARS) return expand(members, size(members));
  const readable = without(members, UNREADABLE);
  const source = size(readable) > 0 ? readable : members;
  const kept = without(source, [
    [0, PRINTABLE[0] - 1],
    [PRINTABLE[1] + 1, 0x10ffff],
  ]);
  const rest = without(source, [PRINTABLE]);
  return [...expand(kept, size(kept)), ...expand(rest, MAX_CLASS_CHARS - size(kept))].sort(byCodePoint);
}

/** `count` members, evenly spaced from the first (all of them if there are no more). */
function expand(ranges: readonly Range[], count: number): string[] {
  const total = size(ranges);
  const wanted = Math.min(count, total);
  const chars: string[] = [];
  let before = 0;
  for (const [first, last] of ranges) {
    const end = before + last - first + 1;
    for (;;) {
      const position = Math.floor((chars.length * total) / wanted);
      if (chars.length >= wanted || position >= end) break;
      chars.push(String.fromCodePoint(first + position - before));
    }
    before = end;
  }
  return chars;
}

function size(ranges: readonly Range[]): number {
  return ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
}

function without(ranges: readonly Range[], removed: readonly Range[]): Range[] {
  let rest: Range[] = [...ranges];
  for (const [from, to] of removed) {
    rest = rest.flatMap(([first, last]): Range[] => {
      if (to < first || from > last) return [[first, last]];
      return (
        [
          [first, from - 1],
          [to + 1, last],
        ] as Range[]
      ).filter(([a, b]) => a <= b);
    });
  }
  return rest;
}

/** Ascending by code point (the default order of strings is by UTF-16 unit, which differs above U+FFFF). */
export function byCodePoint(a: string, b: string): number {
  return (a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0);
}
