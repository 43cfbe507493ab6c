import type { Range } from './code-points.ts';

/** Latin, Greek and Cyrillic: their pairs are old enough for every engine to agree, and so for a seed to keep its text. */
const PAIRED_BELOW = 0x530;

let pairs: ReadonlyMap<number, number> | undefined;

/**
 * Both cases of every letter in `ranges`, for flag `i`. Only pairs that map to each other and back: ß, ı, ſ, µ and their like
 * have no partner here, since engines disagree on them.
 */
export function withBothCases(ranges: readonly Range[]): Range[] {
  pairs ??= casePairs();
  const folded: Range[] = [...ranges];
  for (const [first, last] of ranges) {
    for (let code = first; code <= Math.min(last, PAIRED_BELOW - 1); code++) {
      const other = pairs.get(code);
      if (other !== undefined) folded.push([other, other]);
    }
  }
  return folded;
}

/**
 * What a negated class excludes under flag `i`: both cases, and the ASCII letters that simple case folding ties to a
 * non-ASCII one (ſ U+017F to s, the Kelvin sign U+212A to k; CaseFolding.txt of Unicode).
 */
export function withEveryCase(ranges: readonly Range[]): Range[] {
  const folded = withBothCases(ranges);
  if (covers(ranges, 0x17f)) folded.push([0x53, 0x53], [0x73, 0x73]);
  if (covers(ranges, 0x212a)) folded.push([0x4b, 0x4b], [0x6b, 0x6b]);
  return folded;
}

function covers(ranges: readonly Range[], code: number): boolean {
  return ranges.some(([first, last]) => first <= code && code <= last);
}

function casePairs(): Map<number, number> {
  const found = new Map<number, number>();
  for (let code = 0; code < PAIRED_BELOW; code++) {
    const char = String.fromCharCode(code);
    const other = char.toUpperCase() === char ? char.toLowerCase() : char.toUpperCase();
    const back = other.toUpperCase() === other ? other.toLowerCase() : other.toUpperCase();
    if (other !== char && other.length === 1 && back === char) found.set(code, other.charCodeAt(0));
  }
  return found;
}
